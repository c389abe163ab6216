"""Addresses of people: the public page, the worker's own pages, the workbench."""

from django.urls import path

from jiangxin.people.views import (
    disputes,
    entries,
    linking,
    links,
    me,
    my_rights,
    public,
    record,
    rights,
    spells,
    work,
)

app_name = "people"
urlpatterns = [
    path("p/<str:uid>/", public.person, name="person"),
    path("me/", me.passport, name="passport"),
    path("me/entries/<str:uid>/", me.entry, name="entry"),
    path("me/consents/", me.consents, name="consents"),
    path("me/looks/", me.looks, name="looks"),
    path("me/rights/", my_rights.overview, name="rights"),
    path("me/rights/<slug:kind>/", my_rights.ask, name="ask_right"),
    path("receipts/<str:uid>/", my_rights.receipt, name="receipt"),
    path("me/export/", me.export, name="my_export"),
    path("work/people/", work.people, name="work_people"),
    path("work/people/export/", work.export, name="work_export"),
    path("work/people/add/", record.add, name="work_add"),
    path("work/people/<str:uid>/", record.record, name="work_person"),
    path("work/people/<str:uid>/edit/", record.edit, name="work_edit"),
    path("work/people/<str:uid>/employment/", spells.add, name="work_employment"),
    path("work/people/<str:uid>/employment/<int:number>/", spells.edit, name="work_edit_spell"),
    path("work/people/<str:uid>/employment/<int:number>/end/", spells.end, name="work_end_spell"),
    path("work/people/<str:uid>/skill/", record.skill, name="work_skill"),
    path("work/people/<str:uid>/entry/", entries.add, name="work_entry"),
    path("work/people/<str:uid>/entries/<str:entry_uid>/", entries.fact, name="work_fact"),
    path(
        "work/people/<str:uid>/entries/<str:entry_uid>/correct/", entries.correct, name="work_correct_entry"
    ),
    path(
        "work/people/<str:uid>/entries/<str:entry_uid>/withdraw/",
        entries.withdraw,
        name="work_withdraw_entry",
    ),
    path("work/people/<str:uid>/link/", linking.propose, name="work_propose_link"),
    path("work/people/<str:uid>/standing/", record.standing, name="work_standing"),
    path("work/people/<str:uid>/reveal/<slug:field>/", record.reveal, name="work_reveal"),
    path("work/people/<str:uid>/request/", rights.register, name="work_request"),
    path("work/rights/", rights.queue, name="work_rights"),
    path("work/rights/<str:uid>/", rights.request_page, name="work_right"),
    path("work/links/", links.queue, name="work_links"),
    path("work/links/<str:uid>/", links.proposal, name="work_link"),
    path("work/disputes/", disputes.queue, name="work_disputes"),
    path("work/disputes/<str:uid>/", disputes.dispute, name="work_dispute"),
]
