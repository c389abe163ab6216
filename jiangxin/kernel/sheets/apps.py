"""The app that keeps import runs."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "jiangxin.kernel.sheets"
    label = "sheets"
