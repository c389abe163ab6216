"""Addresses of the operator's page."""

from __future__ import annotations

from django.urls import path

from jiangxin.kernel.jobs import views

app_name = "jobs"
urlpatterns = [
    path("work/operations/", views.overview, name="operations"),
    path("work/operations/terms/", views.terms, name="terms"),
    path("work/operations/jobs/<uuid:pk>/revive/", views.revive_job, name="revive_job"),
    path("work/operations/reactions/<int:pk>/revive/", views.revive_reaction, name="revive_reaction"),
]
