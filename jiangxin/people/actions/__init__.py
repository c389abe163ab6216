"""Every change to worker records, one file per noun."""

from jiangxin.people.actions.bulk import find_employers, import_people, take_back_import
from jiangxin.people.actions.consent import give_consent, withdraw_consent
from jiangxin.people.actions.dispute import (
    close_dispute,
    open_dispute,
    refuse_dispute,
    uphold_dispute,
    withdraw_dispute,
)
from jiangxin.people.actions.employment import (
    add_employment,
    correct_employment,
    end_employment,
    register_worker,
    take_employment,
)
from jiangxin.people.actions.erasure import erase_person, lift_limit, limit_person
from jiangxin.people.actions.keeping import end_disputes, end_requests
from jiangxin.people.actions.link import (
    confirm_link,
    propose_link,
    propose_link_by_hand,
    refuse_link,
    undo_link,
)
from jiangxin.people.actions.moving import follow_merged_org, follow_moved_org
from jiangxin.people.actions.passport import (
    add_to_passport,
    choose_visibility,
    correct_entry,
    retract_entry,
)
from jiangxin.people.actions.person import (
    add_name,
    add_person,
    change_standing,
    correct_person,
    place_person,
    rename_person,
    revise_person,
)
from jiangxin.people.actions.reading import REVEALABLE, export_own_record, export_people, reveal
from jiangxin.people.actions.right import (
    ask_right,
    grant_right,
    refuse_right,
    register_request,
    withdraw_right,
)
from jiangxin.people.actions.skill import add_skill
from jiangxin.people.actions.source import add_source

__all__ = [
    "REVEALABLE",
    "add_employment",
    "add_name",
    "add_person",
    "add_skill",
    "add_source",
    "add_to_passport",
    "ask_right",
    "change_standing",
    "choose_visibility",
    "close_dispute",
    "confirm_link",
    "correct_employment",
    "correct_entry",
    "correct_person",
    "end_disputes",
    "end_employment",
    "end_requests",
    "erase_person",
    "export_own_record",
    "export_people",
    "find_employers",
    "follow_merged_org",
    "follow_moved_org",
    "give_consent",
    "grant_right",
    "import_people",
    "lift_limit",
    "limit_person",
    "open_dispute",
    "place_person",
    "propose_link",
    "propose_link_by_hand",
    "refuse_dispute",
    "refuse_link",
    "refuse_right",
    "register_request",
    "register_worker",
    "rename_person",
    "retract_entry",
    "reveal",
    "revise_person",
    "take_back_import",
    "take_employment",
    "undo_link",
    "uphold_dispute",
    "withdraw_consent",
    "withdraw_dispute",
    "withdraw_right",
]
