"""Addresses of the front door, the register, the statistics and the officer's first page."""

from django.urls import path

from jiangxin.insights.views import home, register, statistics, work

app_name = "insights"
urlpatterns = [
    path("", home.home, name="home"),
    path("robots.txt", home.robots, name="robots"),
    path("register/", register.register, name="register"),
    path("register/export.csv", register.export, name="register_export"),
    path("statistics/", statistics.overview, name="statistics"),
    path("statistics/<slug:name>.csv", statistics.export, name="statistics_export"),
    path("statistics/<slug:name>.svg", statistics.picture, name="statistics_picture"),
    path("work/", work.today, name="work"),
]
