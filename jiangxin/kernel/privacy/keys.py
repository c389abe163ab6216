"""The key ring for field encryption and blind indexes: several data keys by id, one of them active, and an own index key."""

import base64
import binascii
import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
LOOK_AGAIN = 1.0  # seconds
SETTLED = 60.0  # seconds
KEY_FILE = Path("keys") / "privacy.json"


@dataclass(frozen=True)
class KeyRing:
    """Data keys by id (32 bytes each), the id of the one that seals, and the key of the blind indexes."""

    active: str
    keys: dict[str, bytes]
    index_key: bytes

    def with_new_key(self) -> "KeyRing":
        """Return a ring with one more key, now the active one; old keys stay so that old values can be read.

        Its number is above every number in use, so that a key that was retired earlier is never overwritten.
        """
        numbers = [int(digits) for each in self.keys if (digits := "".join(filter(str.isdigit, each)))]
        key_id = f"k{max(numbers, default=0) + 1}"
        return replace(self, active=key_id, keys={**self.keys, key_id: secrets.token_bytes(KEY_BYTES)})

    def without_key(self, key_id: str) -> "KeyRing":
        """Return a ring without a retired key; the active one cannot be retired."""
        if key_id == self.active:
            raise ValueError("the active key cannot be retired")
        return replace(self, keys={each: key for each, key in self.keys.items() if each != key_id})

    def as_json(self) -> str:
        """Serialise for the key file or the environment variable PRIVACY_KEYS."""
        encoded = {key_id: _encode(key) for key_id, key in self.keys.items()}
        return json.dumps(
            {"active": self.active, "keys": encoded, "index_key": _encode(self.index_key)}, indent=1
        )


def new_ring() -> KeyRing:
    """Draw a fresh ring with one data key."""
    return KeyRing("k1", {"k1": secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))


def parse_ring(text: str) -> KeyRing:
    """Read a ring from JSON; raises ImproperlyConfigured with one line that never shows key material."""
    try:
        raw = json.loads(text)
        keys = {str(key_id): base64.b64decode(key, validate=True) for key_id, key in raw["keys"].items()}
        ring = KeyRing(str(raw["active"]), keys, base64.b64decode(raw["index_key"], validate=True))
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error):
        raise ImproperlyConfigured(
            "PRIVACY_KEYS: expected JSON with active, keys and index_key in base64."
        ) from None
    if any(len(key) != KEY_BYTES for key in (*ring.keys.values(), ring.index_key)):
        raise ImproperlyConfigured(f"PRIVACY_KEYS: every key must be {KEY_BYTES} bytes.")
    if ring.active not in ring.keys:
        raise ImproperlyConfigured("PRIVACY_KEYS: the active key is not among the keys.")
    if any(not key_id.isalnum() or not key_id.isascii() for key_id in ring.keys):
        raise ImproperlyConfigured("PRIVACY_KEYS: a key id is made of letters and digits only.")
    return ring


class KeyStore:
    """Where the ring comes from: the setting PRIVACY_KEYS, else the file keys/privacy.json under JX_HOME.

    A process that runs on sees a key that another process added within LOOK_AGAIN seconds.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._ring: KeyRing | None = None
        self._source: tuple[str, str] | None = None
        self._written: tuple[int, int] | None = None
        self._looked = 0.0

    def ring(self) -> KeyRing:
        """Return the ring; the file is read again when it was written anew."""
        source = (str(getattr(settings, "PRIVACY_KEYS", "") or ""), str(settings.JX_HOME))
        if self._ring is None or self._source != source or self._is_outdated():
            with self._lock:
                self._written = self._stamp()
                self._ring, self._source = self._read(source[0]), source
                self._looked = time.monotonic()
        return self._ring

    def _is_outdated(self) -> bool:
        """Whether the file changed since it was read; looked at no more than every LOOK_AGAIN seconds."""
        now = time.monotonic()
        if now - self._looked < LOOK_AGAIN:
            return False
        self._looked = now
        stamp = self._stamp()
        return stamp is not None and stamp != self._written

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.path().stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def found(self) -> None:
        """Draw the first ring of a new installation into its file; whoever calls knows that nothing is sealed yet."""
        self._create(self.path())
        self.forget()

    def is_absent(self) -> bool:
        """Whether there is neither a ring in the settings nor a file; in production the next use would be refused."""
        return not getattr(settings, "PRIVACY_KEYS", "") and not self.path().exists()

    def forget(self) -> None:
        """Read the source again at the next use: another process may have added a key."""
        self._ring = None

    def rotate(self) -> KeyRing:
        """Add a data key to the file and make it active; with PRIVACY_KEYS in the environment the operator does this."""
        if getattr(settings, "PRIVACY_KEYS", ""):
            raise ImproperlyConfigured(
                "PRIVACY_KEYS is set in the environment: add the new key there and restart."
            )
        with self._alone():
            self.forget()
            ring = self.ring().with_new_key()
            self.replace(ring)
        return ring

    def retire(self, key_id: str) -> KeyRing:
        """Take an old data key out of the file: ImproperlyConfigured when it is unknown, active, or was active just now.

        What it sealed can never be opened again, so the caller has counted that nothing is; other processes may
        seal with it for some seconds after a rotation, hence SETTLED.
        """
        if getattr(settings, "PRIVACY_KEYS", ""):
            raise ImproperlyConfigured(
                "PRIVACY_KEYS is set in the environment: remove the key there and restart."
            )
        with self._alone():
            self.forget()
            ring = self.ring()
            if key_id not in ring.keys or key_id == ring.active:
                raise ImproperlyConfigured(f"{key_id} is not an old key of this installation.")
            if time.time() - self.path().stat().st_mtime < SETTLED:
                raise ImproperlyConfigured(
                    "The keys changed just now: wait a minute before an old one is retired."
                )
            self.replace(ring.without_key(key_id))
        return self.ring()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process change the key file meanwhile; it is released when this one ends, however it ends."""
        self.ring()
        with self.path().with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def replace(self, ring: KeyRing) -> None:
        """Write the ring over the key file in one step, readable by the owner only."""
        path = self.path()
        _write_private(path.with_suffix(".new"), ring.as_json())
        path.with_suffix(".new").replace(path)
        _keep_entry(path.parent)
        self.forget()

    def path(self) -> Path:
        """The key file under JX_HOME."""
        return Path(settings.JX_HOME) / KEY_FILE

    def _read(self, from_environment: str) -> KeyRing:
        if from_environment:
            return parse_ring(from_environment)
        path = self.path()
        if not path.exists():
            if getattr(settings, "PRODUCTION", False):
                raise ImproperlyConfigured(f"PRIVACY_KEYS is not set and {path} does not exist.")
            self._create(path)
        return parse_ring(path.read_text())

    def _create(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        _write_private(draft, new_ring().as_json())
        try:
            os.link(draft, path)  # fails when another process was first: then its keys count
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _keep_entry(folder: Path) -> None:
    """Write the folder itself, so that a power cut does not bring the old file back."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


key_store = KeyStore()
