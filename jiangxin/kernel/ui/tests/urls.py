"""Addresses the interface needs when it is tested without the floors above it."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("jiangxin.kernel.ui.urls")),
]
