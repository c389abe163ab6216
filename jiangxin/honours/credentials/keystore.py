"""Private issuer keys in files: one PEM per key, readable by the owner alone."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from jiangxin.honours.credentials.keys import multikey


class KeyUnavailable(Exception):  # noqa: N818 - says what is the matter with the key
    """A private key whose file is missing or is not the key it is named after."""


def new_key(folder: Path) -> str:
    """Make an Ed25519 key, write it to `folder` (0700) as a file of mode 0600 named after its public half; return that."""
    private = Ed25519PrivateKey.generate()
    name = multikey(private.public_key())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(folder / f"{name}.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(pem)
        stream.flush()
        os.fsync(stream.fileno())
    return name


@lru_cache(maxsize=64)
def load_key(folder: Path, name: str) -> Ed25519PrivateKey:
    """Read the key named `name`; KeyUnavailable when the file is gone, damaged or another key."""
    try:
        private = load_pem_private_key((folder / f"{name}.pem").read_bytes(), password=None)
    except (OSError, ValueError) as fault:
        raise KeyUnavailable(name) from fault
    if not isinstance(private, Ed25519PrivateKey) or multikey(private.public_key()) != name:
        raise KeyUnavailable(name)
    return private
