"""Addresses of the interface itself."""

from __future__ import annotations

from django.urls import path

from jiangxin.kernel.ui import views

app_name = "ui"
urlpatterns = [
    path("modes/", views.modes, name="modes"),
    path("filters/keep/", views.keep, name="keep_filter"),
    path("filters/<slug:uid>/forget/", views.forget, name="forget_filter"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:layout>/", views.gallery_layout, name="gallery_layout"),
]
