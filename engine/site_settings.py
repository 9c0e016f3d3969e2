"""The settings that hold for the whole site, as the window changes them: checked, written at once, and in the log."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.audit.actions import Act
from engine.audit.log import AuditDraft
from engine.domain.operator import Action
from engine.errors import UsageError
from engine.network.settings import SETTINGS as RECEIVER_SETTINGS
from engine.network.settings import reception_of
from engine.operators.session import Session
from engine.opinion.settings import rules_of
from engine.places import Home
from engine.queue.watch.settings import check_places, rule_of
from engine.settings import read_settings, settings_of
from engine.store.database import Store
from engine.store.faults import named_file_faults
from engine.store.write import note
from engine.toml_text import toml_of


class SiteFile(StrEnum):
    """A file of settings in the home."""

    GENERAL = "settings.toml"
    FOLDERS = "watch.toml"
    RECEIVER = "listen.toml"
    SECOND = "second.toml"


def read_site(home: Home, file: SiteFile) -> dict[str, Any]:
    """What a file sets, unchecked; nothing where it is not there.

    Raises:
        UsageError: US-SETTINGS, it cannot be read.
    """
    path = home.root / file.value
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError("US-SETTINGS", f"{path} cannot be read: {error}.", "Correct the file.") from error


def check_site(home: Home, file: SiteFile, table: Mapping[str, Any]) -> None:
    """Returns where settings may be used as they are.

    Raises:
        UsageError: US-SETTINGS, US-WATCH, US-LISTEN, US-CALLERS, US-TITLE or US-SECOND, naming the setting and what it
            may be.
    """
    match file:
        case SiteFile.GENERAL:
            settings_of(home, table)
        case SiteFile.RECEIVER:
            # The rest of the file is for the studies that come in, which are a watched folder's.
            folder = {name: value for name, value in table.items() if name not in RECEIVER_SETTINGS}
            reception_of(table, file.value)
            rule_of({"path": "incoming"} | folder, file.value, home.root)
        case SiteFile.FOLDERS:
            shared = {name: value for name, value in table.items() if name != "folder"}
            folders = table.get("folder", [])
            rules = [
                rule_of(shared | one, f"{file.value}, folder {number}", home.root)
                for number, one in enumerate(folders, 1)
            ]
            check_places(rules, home)
        case SiteFile.SECOND:
            rules_of(home, table)


def keep_site(store: Store, session: Session, file: SiteFile, table: Mapping[str, Any]) -> None:
    """Writes a file of settings, complete or not at all; who works by it reads it at the next start, or study.

    Raises:
        UsageError: US-ROLE or US-IDLE, the person may not; as `check_site`.
        StoreError: the file cannot be written, or the change cannot be noted.
    """
    session.require(Action.CHANGE_SETTINGS)
    check_site(store.home, file, table)
    content = toml_of(table).encode("utf-8")
    before = read_settings(store.home).digest
    with named_file_faults(store.home.root):
        _write(store.home.root / file.value, content)
    after = hashlib.sha256(content).hexdigest()
    # The digest of the general settings stands in every such entry: the next start compares with the newest of them.
    general = after if file is SiteFile.GENERAL else before
    detail = {"old_digest": before, "digest": general, "file": file.value, "file_digest": after}
    note(store, AuditDraft(session.name, Act.SETTINGS_CHANGED, file.value, detail))


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
