"""Django application that carries the templates, static files and tags of the interface."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components, layouts and display modes."""

    name = "jiangxin.kernel.ui"
    label = "ui"
    verbose_name = "界面"
