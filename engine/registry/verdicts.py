"""What the parity check found on this machine, kept in the home: one file for each model, run time and program.

A verdict holds for the very model, run time, device, driver and program that it was found with. Where one of them
changes there is no verdict any more, and the check is run again.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.detect.protocol import Backend, Precision
from engine.domain.model_card import ModelCard
from engine.errors import StoreError
from engine.places import Home
from engine.program import program_version
from engine.registry.parity import CaseParity, ClassParity, NetworkGap
from engine.registry.sums import sha256

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FigurePair:
    """One figure of one class, measured with the model's own precision and with a lower one.

    Args:
        label: the class.
        name: of the figure.
        full: with fp32.
        lower: with the lower precision.
    """

    label: str
    name: str
    full: float
    lower: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check found.

    Args:
        model: `id version`.
        model_hash: of the package.
        backend: name of the run time.
        precision: in what it computed.
        identity: all that its answers depend on; see `Backend.identity`.
        program: version of Fovea.
        reference: what the network's answers were compared with; empty where nothing could be asked.
        at: when, UTC.
        cases: what was measured, a golden case each.
        differences: what lies beyond the manifest's limits, or kept the check from running; empty where it passed.
        figures: of each class, where they were measured on annotated images.
    """

    model: str
    model_hash: str
    backend: str
    precision: Precision
    identity: str
    program: str
    reference: str
    at: datetime
    cases: tuple[CaseParity, ...]
    differences: tuple[str, ...]
    figures: tuple[FigurePair, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.differences

    def why_not_lower(self, card: ModelCard) -> str | None:
        """None where a lower precision may be chosen: the figures of every class were measured and hold."""
        if missing := [label for label in card.labels if label not in {figure.label for figure in self.figures}]:
            return f"the figures of '{missing[0]}' in {self.precision} were not measured"
        for figure in self.figures:
            if not figure.lower >= figure.full - card.parity.figure:
                return (
                    f"{figure.name} of '{figure.label}' falls from {figure.full:.4f} to {figure.lower:.4f} in "
                    f"{self.precision} (limit {card.parity.figure:g})"
                )
        return None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts of one home."""

    home: Home

    def of(self, card: ModelCard, backend: Backend) -> Verdict | None:
        """The verdict that holds for a model and a run time as they are now; None where there is none."""
        path = self._path(card, backend)
        try:
            verdict = _read(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            _log.warning("The verdict %s cannot be read, the check is run again: %s", path, error)
            return None
        # The name is a short hash: what is inside decides.
        return verdict if (verdict.model_hash, verdict.identity) == (card.hash, backend.identity()) else None

    def keep(self, card: ModelCard, backend: Backend, verdict: Verdict) -> None:
        """Writes a verdict, complete or not at all.

        Raises:
            StoreError: ST-VERDICT, the home cannot be written.
        """
        path = self._path(card, backend)
        temporary = path.with_name(f".{secrets.token_hex(8)}-{path.name}")
        try:
            self.home.make()
            path.parent.mkdir(exist_ok=True, mode=0o700)
            with temporary.open("x", encoding="utf-8") as file:
                file.write(_written(verdict))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise StoreError(
                "ST-VERDICT",
                f"What the parity check found cannot be kept in {path.parent}: {error.strerror}.",
                "Free space, and give your user write permission for the home.",
            ) from error

    def _path(self, card: ModelCard, backend: Backend) -> Path:
        setting = "\n".join((backend.name, backend.precision, backend.identity(), program_version()))
        return self.home.verdicts / f"{card.hash[:16]}-{sha256(setting.encode())[:16]}.json"


def _written(verdict: Verdict) -> str:
    return json.dumps(asdict(verdict) | {"at": verdict.at.isoformat()}, indent=1) + "\n"


def _read(text: str) -> Verdict:
    held = json.loads(text)
    return Verdict(
        **(
            held
            | {
                "at": datetime.fromisoformat(held["at"]),
                "cases": tuple(map(_case, held["cases"])),
                "differences": tuple(map(str, held["differences"])),
                "figures": tuple(FigurePair(**figure) for figure in held["figures"]),
            }
        )
    )


def _case(held: dict[str, Any]) -> CaseParity:
    network = held["network"]
    return CaseParity(
        name=held["name"],
        prepare=held["prepare"],
        network=None if network is None else NetworkGap(tuple(network["heat"]), network["box_px"]),
        classes=tuple(_class(of_class) for of_class in held["classes"]),
    )


def _class(held: dict[str, Any]) -> ClassParity:
    return ClassParity(**(held | {"missing": tuple(held["missing"]), "added": tuple(held["added"])}))
