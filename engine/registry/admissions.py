"""Unsigned packages that an administrator let in: which, who and why, kept in the home and shown with every use."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from engine.errors import ModelError, StoreError, UsageError
from engine.places import Home
from engine.registry.kept import keep_text

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Permission:
    """An administrator's word that an unsigned package may be used.

    Args:
        by: their name.
        reason: in their words.

    Raises:
        UsageError: US-ADMISSION, one of both is empty.
    """

    by: str
    reason: str

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.reason.strip():
            raise UsageError(
                "US-ADMISSION",
                "An unsigned package is let in by a named administrator for a stated reason; one of both is empty.",
                "Give --reason TEXT.",
            )


@dataclass(frozen=True, slots=True)
class Admission:
    """One unsigned package that may be used here.

    Args:
        model_hash: of the package; another package, even of the same name, is not let in by it.
        by: the administrator.
        reason: in their words.
        at: when, UTC.
    """

    model_hash: str
    by: str
    reason: str
    at: datetime

    def __str__(self) -> str:
        return f"not signed; let in by {self.by} on {self.at:%Y-%m-%d}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Admissions:
    """Those of one home."""

    home: Home

    def of(self, model_hash: str) -> Admission | None:
        """The admission of a package; None where there is none.

        Raises:
            ModelError: MD-ADMISSION, its file is there and cannot be read.
        """
        path = self._path(model_hash)
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            found = Admission(str(held["model_hash"]), held["by"], held["reason"], datetime.fromisoformat(held["at"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise ModelError(
                "MD-ADMISSION", f"{path} cannot be read: {error}.", "Import the package again, or sign it."
            ) from error
        return found if found.model_hash == model_hash else None

    def admit(self, admission: Admission) -> None:
        """Keeps one.

        Raises:
            StoreError: ST-KEEP, the home cannot be written.
        """
        keep_text(
            self.home,
            self._path(admission.model_hash),
            json.dumps(asdict(admission) | {"at": admission.at.isoformat()}, indent=1) + "\n",
        )

    def withdraw(self, model_hash: str) -> None:
        """Takes one back; nothing where there is none.

        Raises:
            StoreError: ST-KEEP, the home cannot be written.
        """
        path = self._path(model_hash)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                "ST-KEEP", f"{path} cannot be removed: {error.strerror}.", "Give your user permission for the home."
            ) from error

    def _path(self, model_hash: str) -> Path:
        if not _HASH.fullmatch(model_hash):
            raise ModelError("MD-ADMISSION", f"'{model_hash[:80]}' is no hash of a package.", "Import it again.")
        return self.home.keys / "unsigned" / f"{model_hash}.json"
