"""What importing a package found, step by step, kept in a file beside it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.domain.model_card import ModelCard
from engine.errors import FoveaError, ModelError
from engine.places import Home
from engine.registry.kept import keep_text

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an import.

    Args:
        name: what was looked at.
        passed: whether the import may go on after it.
        found: what was found, one sentence.
        code: of the error that ended it; empty where it passed.
    """

    name: str
    passed: bool
    found: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import.

    Args:
        model: `id version`.
        model_hash: of the package.
        at: when it was begun, UTC.
        program: version of Fovea.
        steps: in their order; the last one is the one that failed, where one did.
    """

    model: str
    model_hash: str
    at: datetime
    program: str
    steps: tuple[Step, ...]

    @property
    def passed(self) -> bool:
        return all(step.passed for step in self.steps)

    @classmethod
    def of(cls, held: Mapping[str, Any]) -> ImportRecord:
        """A record that `held` made values for JSON of.

        Raises:
            ValueError, KeyError, TypeError: it is none.
        """
        steps = tuple(Step(**step) for step in held["steps"])
        return cls(**{**held, "at": datetime.fromisoformat(held["at"]), "steps": steps})

    def held(self) -> dict[str, Any]:
        """As values for JSON."""
        return asdict(self) | {"at": self.at.isoformat()}


class ImportRefusedError(ModelError):
    """A package was not put onto the shelf. Carries the code of what is wrong with it."""

    record: ImportRecord
    """The steps up to the one that failed."""

    @classmethod
    def of(cls, record: ImportRecord, cause: FoveaError) -> ImportRefusedError:
        """The refusal.

        Args:
            record: the steps up to the one that failed.
            cause: what it raised.
        """
        error = cls(cause.code, cause.message, cause.next_step)
        error.record = record
        return error


@dataclass(frozen=True, slots=True)
class Imports:
    """The records of one home, `models/ID-VERSION-HASH.import.json`."""

    home: Home

    def of(self, card: ModelCard) -> ImportRecord | None:
        """The record of a model's last import, passed or not; None where it was not imported."""
        path = self._path(card)
        try:
            record = ImportRecord.of(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            _log.warning("The record %s cannot be read: %s", path, error)
            return None
        return record if record.model_hash == card.hash else None

    def keep(self, card: ModelCard, record: ImportRecord) -> Path:
        """Writes a record and returns its path.

        Raises:
            StoreError: ST-KEEP, the home cannot be written.
        """
        path = self._path(card)
        keep_text(self.home, path, json.dumps(record.held(), indent=1) + "\n")
        return path

    def _path(self, card: ModelCard) -> Path:
        return self.home.models / f"{card.id}-{card.version}-{card.hash[:12]}.import.json"
