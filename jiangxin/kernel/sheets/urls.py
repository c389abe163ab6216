"""Addresses of the import pages."""

from django.urls import path

from jiangxin.kernel.sheets import views

app_name = "sheets"
urlpatterns = [
    path("work/imports/", views.imports, name="imports"),
    path("work/imports/new/", views.upload, name="upload"),
    path("work/imports/blank/<slug:name>.<slug:ending>", views.blank, name="blank"),
    path("work/imports/<slug:uid>/", views.run, name="run"),
    path("work/imports/<slug:uid>/progress/", views.progress, name="progress"),
    path("work/imports/<slug:uid>/lines.csv", views.lines, name="lines"),
    path("work/imports/<slug:uid>/decide/", views.decide, name="decide"),
    path("work/imports/<slug:uid>/cancel/", views.cancel, name="cancel"),
    path("work/imports/<slug:uid>/undo/", views.undo, name="undo"),
]
