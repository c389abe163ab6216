"""Addresses of our own pages; the demo door exists only in demo mode."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from jiangxin.accounts.views import account, claims, grants, inbox, invitations, personas, policy, users
from jiangxin.accounts.views import passkeys as keys

app_name = "accounts"
urlpatterns = [
    path("account/", account.overview, name="account"),
    path("account/sessions/<int:session_id>/end/", account.end_session, name="end_session"),
    path("account/2fa/webauthn/keys/<int:pk>/remove/", keys.remove, name="remove_passkey"),
    path("account/claim/", claims.claim, name="claim"),
    path("account/claim/<str:uid>/withdraw/", claims.withdraw, name="withdraw_claim"),
    path("account/invitation/", invitations.accept, name="invitation"),
    path("account/invitation/<str:secret>/", invitations.open_letter, name="open_invitation"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/count/", inbox.count, name="inbox_count"),
    path("inbox/read-all/", inbox.read_all, name="read_all"),
    path("inbox/preferences/", inbox.preferences, name="notice_preferences"),
    path("inbox/<str:uid>/", inbox.open_notice, name="open_notice"),
    path("work/grants/", grants.grants, name="grants"),
    path("work/grants/give/", grants.give, name="give_grant"),
    path("work/grants/<str:uid>/end/", grants.end, name="end_grant"),
    path("work/grants/<str:uid>/delegate/", grants.delegate, name="delegate_grant"),
    path("work/grants/<str:uid>/hand-over/", grants.hand_over, name="hand_over_office"),
    path("work/users/", users.users, name="users"),
    path("work/users/add/", users.add, name="add_user"),
    path("work/users/<str:uid>/", users.user, name="user"),
    path("work/users/<str:uid>/disable/", users.disable, name="disable_user"),
    path("work/users/<str:uid>/enable/", users.enable, name="enable_user"),
    path("work/users/<str:uid>/sign-out/", users.sign_out, name="sign_out_user"),
    path("work/lockouts/", users.lockouts, name="lockouts"),
    path("work/lockouts/<str:uid>/release/", users.release, name="release_lockout"),
    path("work/claims/", claims.claims, name="claims"),
    path("work/claims/<str:uid>/", claims.decide, name="decide_claim"),
    path("work/invite/<str:person_uid>/", invitations.invite, name="invite_person"),
    path("work/password-policy/", policy.policy, name="policy"),
]
if settings.DEMO_MODE:
    urlpatterns += [
        path("demo/", personas.cast, name="demo"),
        path("demo/<str:username>/", personas.try_persona, name="try_persona"),
    ]
