"""The access matrix: who enters which address when a thing of the cast's city stands behind it."""

from __future__ import annotations

from tests import cast

STRANGER = "S"
PERSONAS = {
    "W": cast.WELDER,
    "T": cast.TEAM_LEADER,
    "C": cast.CHAIR,
    "R": cast.REVIEWER,
    "O": cast.CITY_OFFICER,
    "N": cast.DECIDER,
    "E": cast.EMPLOYER,
    "X": cast.OUTSIDER,
}
EVERYBODY, MEMBERS = "SWTCRONEX", "WTCRONEX"
# The union tree is open to staff of any place; so are lists and forms of one's own, which hold one's own only.
STAFF, OFFICERS, APPOINTERS, LOOKERS = "TCRONX", "CONX", "ONX", "CRONX"
ABOVE, KEEPERS = "ON", "CON"
UNLINKED = "RONEX"  # accounts without a worker's record: own pages tell them how to get one

ENTRANTS: dict[str, str] = {
    EVERYBODY: """
        set_language http:healthz ui:modes ui:gallery ui:gallery_layout
        orgs:regions orgs:region people:person people:receipt
        accounts:demo accounts:try_persona accounts:invitation accounts:open_invitation
        honours:catalogue honours:honour honours:collective honours:verify honours:bundle honours:verify_credential
        honours:credential honours:issuer honours:issuer_did honours:status
        insights:home insights:robots insights:register insights:register_export
        insights:statistics insights:statistics_export insights:statistics_picture
    """,
    MEMBERS: """
        http:tokens http:make_token people:passport people:consents people:looks people:rights people:ask_right people:my_export
        accounts:account accounts:claim accounts:inbox accounts:inbox_count accounts:read_all
        accounts:notice_preferences honours:my_credentials honours:my_passport ui:keep_filter
    """,
    "W" + UNLINKED: "people:entry honours:my_document honours:my_certificate honours:my_card",
    "W": "accounts:end_session accounts:open_notice",
    "E": "accounts:withdraw_claim",
    "O": """
        http:end_token honours:work_task honours:work_task_part honours:work_task_cancel honours:work_task_file
        orgs:export orgs:export_part orgs:export_cancel orgs:export_file ui:forget_filter
    """,
    STAFF: """
        insights:work orgs:orgs orgs:tree orgs:org orgs:tree_at orgs:branches orgs:employers orgs:employer
    """,
    LOOKERS: "people:work_people honours:work_honours honours:work_lists honours:work_printed",
    OFFICERS: """
        sheets:imports sheets:upload sheets:blank orgs:export_orgs orgs:export_employers orgs:exports people:work_add people:work_export accounts:grants
        accounts:give_grant accounts:users accounts:lockouts accounts:claims
    """,
    APPOINTERS: """
        people:work_links people:work_rights people:work_disputes honours:work_confer honours:work_proposals
        honours:work_rechecks honours:work_titles honours:work_catalogue honours:work_entry_add
        honours:work_returns honours:work_batch
        honours:work_tasks honours:work_issuers
    """,
    "CRON": """
        people:work_person people:work_fact honours:work_conferral honours:work_certificate honours:work_list
        honours:work_letter honours:work_proposal_letter
    """,
    "TCON": "accounts:invite_person",
    KEEPERS: """
        orgs:add orgs:edit orgs:add_employer orgs:edit_employer orgs:employer_name
        people:work_edit people:work_employment people:work_skill people:work_entry people:work_standing
        people:work_edit_spell people:work_end_spell people:work_propose_link people:work_request
        people:work_reveal accounts:end_grant accounts:user accounts:sign_out_user accounts:decide_claim
    """,
    ABOVE: """
        sheets:run sheets:progress sheets:lines sheets:decide sheets:cancel sheets:undo
        orgs:undo orgs:rename orgs:move orgs:merge orgs:split orgs:close
        people:work_link people:work_dispute people:work_right people:work_correct_entry people:work_withdraw_entry
        accounts:disable_user accounts:release_lockout
        honours:work_recheck honours:work_revoke honours:work_correct honours:work_entry honours:work_issuer
    """,
    "C": "accounts:delegate_grant",
    "N": "honours:work_proposal honours:work_return",
    "": """
        jobs:operations jobs:terms jobs:revive_job jobs:revive_reaction http:audit http:export_log http:audit_entry
        accounts:hand_over_office accounts:add_user accounts:enable_user accounts:policy
        accounts:remove_passkey honours:work_rotate honours:work_withdraw honours:work_replace
    """,
}


def who_enters() -> dict[str, str]:
    """The letters of those who enter, by the name of the address."""
    return {name: letters for letters, names in ENTRANTS.items() for name in names.split()}
