"""The app that keeps stored files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "jiangxin.kernel.files"
    label = "files"
