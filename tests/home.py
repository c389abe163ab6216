"""A home of their own for tests, made before Django reads its settings: loaded as a plugin with -p."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="jx-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
(HOME / "static").mkdir()
os.environ["JX_HOME"] = str(HOME)
os.environ["JX_ENV"] = "development"
os.environ.setdefault("DEMO", "1")
