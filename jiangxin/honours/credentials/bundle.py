"""Whose signatures count: controller documents, key histories and the file that carries them for offline use."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jiangxin.honours.credentials.keys import DID_KEY, ED25519, encode_base58, public_key
from jiangxin.honours.credentials.moments import moment, stamp
from jiangxin.honours.credentials.status import address_of
from jiangxin.honours.credentials.verdict import Failure, Status

BUNDLE_TYPE = "JiangxinVerificationBundle"
ED25519_BYTES = 32
DID_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


class NotAController(ValueError):  # noqa: N818 - says what the file is not
    """A file that is neither a controller document nor a verification bundle."""


@dataclass(frozen=True)
class PublishedKey:
    """A public key as its controller publishes it: usable for proofs made until `ended`, never when `revoked`."""

    method_id: str
    multibase: str
    ended: datetime | None = None
    revoked: datetime | None = None
    purposes: frozenset[str] = frozenset({"assertionMethod"})


def controller_document(
    did: str, keys: Iterable[PublishedKey], *, also_known_as: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Build the controller document (DID Core / Controlled Identifiers) of an issuer.

    Retired keys stay under assertionMethod, so that verifiers who know nothing of rotation still accept old credentials;
    their end date stands in `retired`. Withdrawn keys keep their entry with `revoked` and leave assertionMethod.
    """
    listed = list(keys)
    document: dict[str, Any] = {"@context": list(DID_CONTEXTS), "id": did}
    if also_known_as:
        document["alsoKnownAs"] = list(also_known_as)
    document["verificationMethod"] = [_method(did, key) for key in listed]
    document["assertionMethod"] = [key.method_id for key in listed if key.revoked is None]
    return document


def _method(did: str, key: PublishedKey) -> dict[str, Any]:
    method = {"id": key.method_id, "type": "Multikey", "controller": did, "publicKeyMultibase": key.multibase}
    if key.ended is not None:
        method["retired"] = stamp(key.ended)
    if key.revoked is not None:
        method["revoked"] = stamp(key.revoked)
    return method


def read_controller(document: Mapping[str, Any]) -> dict[str, PublishedKey]:
    """Read the Ed25519 keys of a controller document by method id; NotAController when it is no such document.

    Keys of other types and entries of other controllers are left out.
    """
    did = document.get("id")
    methods = document.get("verificationMethod", [])
    if not {"verificationMethod", "assertionMethod"} & set(document):
        raise NotAController("a document without keys")
    if not isinstance(did, str) or not isinstance(methods, list):
        raise NotAController("not a controller document")
    allowed, embedded = _relationship(document.get("assertionMethod", []))
    found: dict[str, PublishedKey] = {}
    for method in (*methods, *embedded):
        key = _published(did, method, allowed) if isinstance(method, dict) else None
        if key is not None:
            found[key.method_id] = key
    return found


def _relationship(entries: Any) -> tuple[frozenset[str], list[dict[str, Any]]]:
    if not isinstance(entries, list):
        raise NotAController("assertionMethod is not a list")
    embedded = [entry for entry in entries if isinstance(entry, dict)]
    names = [
        entry if isinstance(entry, str) else entry.get("id")
        for entry in entries
        if isinstance(entry, str | dict)
    ]
    return frozenset(name for name in names if isinstance(name, str)), embedded


def _published(did: str, method: dict[str, Any], allowed: frozenset[str]) -> PublishedKey | None:
    name, multibase = (
        method.get("id"),
        method.get("publicKeyMultibase") or _of_jwk(method.get("publicKeyJwk")),
    )
    if not isinstance(name, str) or method.get("controller", did) != did:
        return None
    full = did + name if name.startswith("#") else name
    if full.partition("#")[0] != did:
        return None
    try:
        public_key(multibase if isinstance(multibase, str) else "")
    except ValueError:
        return None
    ends = [moment(method[word]) for word in ("retired", "expires") if word in method]
    revoked = moment(method["revoked"]) if "revoked" in method else None
    purposes = frozenset({"assertionMethod"}) if {name, full} & allowed else frozenset()
    return PublishedKey(full, str(multibase), min(ends) if ends else None, revoked, purposes)


def _of_jwk(jwk: Any) -> str | None:
    """The Multikey of an Ed25519 key written as JWK (RFC 8037); None for anything else, private keys included."""
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519") or "d" in jwk:
        return None
    try:
        raw = base64.b64decode(f"{jwk.get('x')}=".encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return encode_base58(ED25519 + raw) if len(raw) == ED25519_BYTES else None


@dataclass(frozen=True)
class KeyBundle:
    """The issuers a verifier trusts, with their keys, names and the last status lists it got.

    `self_certified` accepts any did:key issuer as known: right for checking a signature as such, wrong for a page
    that answers whether a union stands behind an honour. `trust` names single did:key issuers that are known.
    `successors` leads from replaced credentials to new ones (see `successions`).
    `checked` remembers for a minute which of the status lists hold, so that many credentials are verified quickly.
    """

    controllers: Mapping[str, Mapping[str, PublishedKey]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    status_lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    trust: frozenset[str] = frozenset()
    self_certified: bool = False
    successors: Mapping[str, str] = field(default_factory=dict)
    checked: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        documents: Iterable[Mapping[str, Any]],
        *,
        names: Mapping[str, str] | None = None,
        status_lists: Iterable[Mapping[str, Any]] = (),
        trust: Iterable[str] = (),
        self_certified: bool = False,
        successors: Mapping[str, str] | None = None,
    ) -> "KeyBundle":
        """Make a bundle of controller documents and status list credentials (kept by their id)."""
        controllers = {}
        for document in documents:
            controllers[str(document.get("id"))] = read_controller(document)
        lists = {address_of(each): each for each in status_lists}
        if "" in lists:
            raise NotAController("a status list without an address")
        return cls(
            controllers, dict(names or {}), lists, frozenset(trust), self_certified, dict(successors or {})
        )

    def joined(self, other: "KeyBundle") -> "KeyBundle":
        """Both together; where both name an issuer or a list, the other one counts."""
        return KeyBundle(
            {**self.controllers, **other.controllers},
            {**self.names, **other.names},
            {**self.status_lists, **other.status_lists},
            self.trust | other.trust,
            self.self_certified or other.self_certified,
            {**self.successors, **other.successors},
        )

    @classmethod
    def from_json(cls, data: Any, *, trust: Iterable[str] = (), self_certified: bool = False) -> "KeyBundle":
        """Read an exported bundle, or one bare controller document; NotAController for anything else."""
        if not isinstance(data, dict):
            raise NotAController("not a verification bundle")
        if data.get("type") != BUNDLE_TYPE:
            return cls.of([data], trust=trust, self_certified=self_certified)
        try:
            documents = [entry["document"] for entry in data["controllers"]]
            names = {entry["document"]["id"]: str(entry.get("name", "")) for entry in data["controllers"]}
            lists = [dict(each) for each in data.get("statusLists", [])]
            successors = {str(place): str(new) for place, new in data.get("successors", {}).items()}
            return cls.of(
                documents,
                names=names,
                status_lists=lists,
                trust=trust,
                self_certified=self_certified,
                successors=successors,
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise NotAController("damaged verification bundle") from fault

    def key_of(self, method_id: str) -> PublishedKey:
        """Find a key by verificationMethod; Failure unknown_issuer, unknown_key."""
        controller, _hash, fragment = method_id.partition("#")
        if controller in self.controllers:
            found = self.controllers[controller].get(method_id)
            if found is None:
                raise Failure(Status.UNKNOWN_ISSUER, "unknown_key")
            return found
        if controller.startswith(DID_KEY):
            return _self_named(controller, fragment)
        raise Failure(Status.UNKNOWN_ISSUER, "unknown_issuer")

    def knows(self, issuer: str) -> bool:
        """Whether the verifier knows who stands behind this name."""
        known = issuer in self.controllers or issuer in self.trust
        return known or (self.self_certified and issuer.startswith(DID_KEY))


def _self_named(controller: str, fragment: str) -> PublishedKey:
    name = controller[len(DID_KEY) :]
    try:
        public_key(name)
    except ValueError:
        raise Failure(Status.UNSUPPORTED, "unsupported_key") from None
    if fragment != name:
        raise Failure(Status.UNKNOWN_ISSUER, "unknown_key")
    return PublishedKey(f"{controller}#{name}", name)


def export_bundle(
    controllers: Iterable[tuple[str, Mapping[str, Any]]],
    status_lists: Iterable[Mapping[str, Any]],
    *,
    made_at: datetime,
    successors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Put (name, controller document) pairs and signed status lists into one file for verifiers without a network.

    `successors` are the entries that `successions.succession` makes.
    """
    return {
        "type": BUNDLE_TYPE,
        "version": 1,
        "madeAt": stamp(made_at),
        "controllers": [{"name": name, "document": dict(document)} for name, document in controllers],
        "statusLists": [dict(each) for each in status_lists],
        "successors": dict(successors or {}),
    }
