"""Verifiable credentials without Django and without a network: sign, build, publish status, verify."""

from jiangxin.honours.credentials.badge import Achieved, build_badge, subject_hash
from jiangxin.honours.credentials.bundle import KeyBundle, PublishedKey, controller_document
from jiangxin.honours.credentials.canonical import MalformedJson, canonical, read_json
from jiangxin.honours.credentials.keys import SigningKey, did_key, did_web, did_web_url, public_key
from jiangxin.honours.credentials.proofs import add_proof, sign
from jiangxin.honours.credentials.status import Bitstring, build_status_list, status_entry
from jiangxin.honours.credentials.verdict import Check, Status, Verdict
from jiangxin.honours.credentials.verify import verify_bytes, verify_document, verify_path

__all__ = [
    "Achieved",
    "Bitstring",
    "Check",
    "KeyBundle",
    "MalformedJson",
    "PublishedKey",
    "SigningKey",
    "Status",
    "Verdict",
    "add_proof",
    "build_badge",
    "build_status_list",
    "canonical",
    "controller_document",
    "did_key",
    "did_web",
    "did_web_url",
    "public_key",
    "read_json",
    "sign",
    "status_entry",
    "subject_hash",
    "verify_bytes",
    "verify_document",
    "verify_path",
]
