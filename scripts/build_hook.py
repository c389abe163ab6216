"""Reads the run-time dependencies from requirements/run.in, so that they are written once."""

from __future__ import annotations

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RunRequirements(MetadataHookInterface):
    def update(self, metadata: dict[str, object]) -> None:
        lines = (Path(self.root) / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
        bare = (line.split("#", 1)[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in bare if line]
