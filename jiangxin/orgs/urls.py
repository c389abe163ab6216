"""Addresses of organisations, employers and regions."""

from django.urls import path

from jiangxin.orgs.views import changes, employers, leaving, lists, org, regions

app_name = "orgs"
urlpatterns = [
    path("work/orgs/", lists.orgs, name="orgs"),
    path("work/orgs/tree/", lists.tree, name="tree"),
    path("work/orgs/export/", leaving.orgs, name="export_orgs"),
    path("work/orgs/exports/", leaving.exports, name="exports"),
    path("work/orgs/exports/<str:uid>/", leaving.export, name="export"),
    path("work/orgs/exports/<str:uid>/part/", leaving.part, name="export_part"),
    path("work/orgs/exports/<str:uid>/cancel/", leaving.cancel, name="export_cancel"),
    path("work/orgs/exports/<str:uid>/file/", leaving.file, name="export_file"),
    path("work/orgs/changes/<str:uid>/undo/", changes.undo, name="undo"),
    path("work/orgs/<str:uid>/", org.org, name="org"),
    path("work/orgs/<str:uid>/tree/", lists.tree, name="tree_at"),
    path("work/orgs/<str:uid>/branches/", lists.branches, name="branches"),
    path("work/orgs/<str:uid>/add/", org.add, name="add"),
    path("work/orgs/<str:uid>/edit/", org.edit, name="edit"),
    path("work/orgs/<str:uid>/rename/", changes.rename, name="rename"),
    path("work/orgs/<str:uid>/move/", changes.move, name="move"),
    path("work/orgs/<str:uid>/merge/", changes.merge, name="merge"),
    path("work/orgs/<str:uid>/split/", changes.split, name="split"),
    path("work/orgs/<str:uid>/close/", changes.close, name="close"),
    path("work/orgs/<str:uid>/employers/add/", employers.add, name="add_employer"),
    path("work/employers/", employers.employers, name="employers"),
    path("work/employers/export/", leaving.employers, name="export_employers"),
    path("work/employers/<str:uid>/", employers.employer, name="employer"),
    path("work/employers/<str:uid>/edit/", employers.edit, name="edit_employer"),
    path("work/employers/<str:uid>/name/", employers.name, name="employer_name"),
    path("regions/", regions.regions, name="regions"),
    path("regions/<str:code>/", regions.region, name="region"),
]
