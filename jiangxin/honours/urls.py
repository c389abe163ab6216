"""Addresses of honours: catalogue, verification, what issuers publish, the worker's credentials, the workbench."""

from django.urls import path

from jiangxin.honours.views import decisions, lists, me, proof, public, work

app_name = "honours"
urlpatterns = [
    path("honours/", public.catalogue, name="catalogue"),
    path("honours/<slug:code>/", public.honour, name="honour"),
    path("verify/", proof.verify, name="verify"),
    path("verify/bundle.json", proof.bundle, name="bundle"),
    path("verify/<str:uid>/", proof.verify_credential, name="verify_credential"),
    path("credentials/<str:uid>", proof.credential, name="credential"),
    path("issuers/<str:uid>", proof.issuer, name="issuer"),
    path("issuers/<str:uid>/did.json", proof.issuer, name="issuer_did"),
    path("status/<str:uid>", proof.status, name="status"),
    path("me/credentials/", me.credentials, name="my_credentials"),
    path("me/credentials/passport.pdf", me.passport, name="my_passport"),
    path("me/credentials/<str:uid>.json", me.document, name="my_document"),
    path("me/credentials/<str:uid>.pdf", me.certificate, name="my_certificate"),
    path("me/credentials/<str:uid>.png", me.card, name="my_card"),
    path("work/honours/", work.honours, name="work_honours"),
    path("work/honours/confer/", work.confer, name="work_confer"),
    path("work/honours/proposals/", decisions.proposals, name="work_proposals"),
    path("work/honours/proposals/<str:uid>/", decisions.proposal, name="work_proposal"),
    path("work/honours/rechecks/", decisions.rechecks, name="work_rechecks"),
    path("work/honours/rechecks/<str:uid>/", decisions.recheck, name="work_recheck"),
    path("work/honours/lists/", lists.lists, name="work_lists"),
    path("work/honours/lists/<str:uid>/", lists.honour_list, name="work_list"),
    path("work/honours/titles/", lists.titles, name="work_titles"),
    path("work/honours/<str:uid>/", work.conferral, name="work_conferral"),
    path("work/honours/<str:uid>/revoke/", work.revoke, name="work_revoke"),
    path("work/honours/<str:uid>/certificate.pdf", work.certificate, name="work_certificate"),
]
