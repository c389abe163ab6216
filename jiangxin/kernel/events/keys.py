"""The key that signs checkpoints: made on first use, kept under JX_HOME/keys and readable by its owner only."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from jiangxin.kernel.events.notes import Signer, Verifier

KEY_FILE = "log.key"
PUBLIC_FILE = "log.pub"


def key_folder() -> Path:
    """JX_HOME/keys, made if absent, closed to other accounts."""
    folder = Path(settings.JX_HOME) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def log_signer() -> Signer:
    """The signer of this installation; a new key's public half is added to log.pub, where old ones stay."""
    path = key_folder() / KEY_FILE
    if not path.exists():
        _create(path)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    signer = Signer(origin_of(key.public_key()), key)
    _remember(signer.verifier())
    return signer


def log_verifiers() -> list[Verifier]:
    """Every key that ever signed for this installation, from log.pub; ValueError for a broken line."""
    path = key_folder() / PUBLIC_FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Verifier.read(line) for line in lines if line.strip()]


def origin_of(key: Ed25519PublicKey) -> str:
    """The log's name, one for each key: jiangxin/log/ and sixteen digits of the key's hash."""
    return f"jiangxin/log/{sha256(key.public_bytes_raw()).hexdigest()[:16]}"


def _create(path: Path) -> None:
    """Write a new key beside its place and link it there, so that of two processes one wins whole."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass  # another process was faster: its key counts
    finally:
        fresh.unlink()


def _remember(verifier: Verifier) -> None:
    path = key_folder() / PUBLIC_FILE
    line = verifier.written()
    if not path.exists() or line not in path.read_text(encoding="utf-8").splitlines():
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
