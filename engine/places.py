"""Where things lie: the bundled resources, and the home folder that holds all state."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
"""Bundled models, recipes, samples and icons; beside the packages in a checkout and in an installed wheel alike."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds all state of one site: database, models, keys, logs, compiled kernels and plans."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "fovea.db"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def audit_key(self) -> Path:
        """The first key of the audit log, until it is handed over to the administrator."""
        return self.keys / "audit.key"

    @property
    def chain_key(self) -> Path:
        """The key of the audit log that is in use now."""
        return self.keys / "audit.now"

    @property
    def seal_key(self) -> Path:
        """What seals of the audit log are signed with."""
        return self.keys / "seal.key"

    @property
    def audit_head(self) -> Path:
        """How long the audit log is, and how it ends."""
        return self.root / "audit.head"

    @property
    def sources(self) -> Path:
        """An index of the paths of what was answered; a cache."""
        return self.root / "sources.db"

    @property
    def settings(self) -> Path:
        """What the site has set; see `engine.settings`."""
        return self.root / "settings.toml"

    @property
    def requirements(self) -> Path:
        """What the site demands of a model before it answers; see `engine.registry.requirements`."""
        return self.root / "requirements.toml"

    @property
    def second(self) -> Path:
        """Whose second opinion the site wants; see `engine.opinion.settings`."""
        return self.root / "second.toml"

    @property
    def preferences(self) -> Path:
        """How the window was left, and what the person wants of it; no record."""
        return self.root / "window.json"

    @property
    def thumbnails(self) -> Path:
        """Small pictures of studies; a cache."""
        return self.root / "cache" / "thumbnails"

    def thumbnail(self, content_hash: str) -> Path:
        """The small picture of a study."""
        return self.thumbnails / f"{content_hash}.png"

    @property
    def heat_maps(self) -> Path:
        """How strongly models responded, of what was answered last; a cache, kept as long as the small pictures."""
        return self.thumbnails / "heat"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def journal(self) -> Path:
        """The log of the commands and the window."""
        return self.logs / "fovea.log"

    @property
    def kernel_cache(self) -> Path:
        return self.root / "cache" / "kernels"

    @property
    def plans(self) -> Path:
        return self.root / "plans"

    @property
    def verdicts(self) -> Path:
        return self.root / "parity"

    @property
    def pulse(self) -> Path:
        """Signs of life; see `engine.queue.pulse`."""
        return self.root / "pulse.db"

    @property
    def shadow_note(self) -> Path:
        """Which study a shadow is at; what a worker leaves here killed it."""
        return self.root / "shadow.at"

    @property
    def incoming(self) -> Path:
        """DICOM files that were received whole."""
        return self.root / "incoming"

    @property
    def receiving(self) -> Path:
        """What is being received; on the disk of `incoming`, and nothing in it outlasts its receiver."""
        return self.root / "receiving"

    def make(self) -> Home:
        """Creates the folder, readable by its owner only, and returns itself."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self


def default_home() -> Home:
    """`FOVEA_HOME` where set, otherwise the user's data folder (XDG base directory specification)."""
    if named := os.environ.get("FOVEA_HOME"):
        return Home(Path(named).expanduser().absolute())
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Home(Path(data).expanduser().absolute() / "fovea")
