"""Which version of each model answers: the changes that people and the program made, and how it stands after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

NOT_ACTIVE = "model-not-active"
"""Doubt: a version was named that is not the one that answers here."""


class Cause(StrEnum):
    """Why a model changed its place."""

    IMPORTED = "imported"
    ACTIVATED = "activated"
    OVERRIDDEN = "overridden"
    """Activated by an administrator although the gate refused it."""
    ROLLED_BACK = "rolled-back"
    FAILURES = "failures"
    """Taken back by the program: too many failures in a row."""
    PARITY = "parity"
    """Taken back by the program: a run time differs from the reference."""
    SELF_TEST = "self-test"
    """Taken back by the program: the golden cases are not answered any more."""
    SHADOWED = "shadowed"
    ENDED = "ended"
    """It answers as a shadow no more."""


FORWARD = frozenset({Cause.ACTIVATED, Cause.OVERRIDDEN})
BY_ITSELF = frozenset({Cause.FAILURES, Cause.PARITY, Cause.SELF_TEST})
BACK = BY_ITSELF | {Cause.ROLLED_BACK}


@dataclass(frozen=True, slots=True)
class Release:
    """One version of a model.

    Args:
        version: semantic version.
        hash: SHA-256 of the package's sums; it alone decides.
    """

    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class GateLine:
    """One line of the gate, judged.

    Args:
        name: what was asked for.
        passed: whether the model gives it.
        found: what was found, and the limit, one sentence.
    """

    name: str
    passed: bool
    found: str


@dataclass(frozen=True, slots=True)
class ModelChange:
    """One change.

    Args:
        model_id: whose.
        cause: why.
        release: that answers, or answers as a shadow, from now on; of an import the one that came.
        previous: that did before; None where none did.
        operator: who, or the program.
        at: when, UTC.
        reason: in the person's words, or what the program saw; empty where none was given.
        lines: of the gate, where it was asked.
        number: rises with every change; 0 before it is stored.
    """

    model_id: str
    cause: Cause
    release: Release
    previous: Release | None
    operator: str
    at: datetime
    reason: str = ""
    lines: tuple[GateLine, ...] = ()
    number: int = 0

    @property
    def failed(self) -> tuple[GateLine, ...]:
        """The lines that an administrator overrode."""
        return tuple(line for line in self.lines if not line.passed)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands at one moment, by the id of the model.

    Args:
        active: the release that answers, where one was ever activated.
        before: what going back returns to, where there is something.
        shadow: the release that answers as a shadow.
        imported: hashes of all that came by import; none of them answers before it is activated.
        newest: the newest change of who answers.
    """

    active: Mapping[str, Release] = field(default_factory=dict)
    before: Mapping[str, Release] = field(default_factory=dict)
    shadow: Mapping[str, Release] = field(default_factory=dict)
    imported: frozenset[str] = frozenset()
    newest: Mapping[str, ModelChange] = field(default_factory=dict)

    @classmethod
    def after(cls, changes: Iterable[ModelChange]) -> Standing:
        """How it stands after these, given oldest first."""
        answered: dict[str, list[Release]] = {}
        shadow: dict[str, Release] = {}
        newest: dict[str, ModelChange] = {}
        imported = set()
        for one in changes:
            if one.cause is Cause.IMPORTED:
                imported.add(one.release.hash)
            elif one.cause is Cause.SHADOWED:
                shadow[one.model_id] = one.release
            elif one.cause is Cause.ENDED:
                shadow.pop(one.model_id, None)
            else:
                newest[one.model_id] = one
                _follow(answered.setdefault(one.model_id, []), one)
                if shadow.get(one.model_id) == one.release:
                    del shadow[one.model_id]
        return cls(
            active={model: line[-1] for model, line in answered.items() if line},
            before={model: line[-2] for model, line in answered.items() if len(line) > 1},
            shadow=shadow,
            imported=frozenset(imported),
            newest=newest,
        )

    @property
    def taken_back(self) -> tuple[ModelChange, ...]:
        """The models whose newest change the program made by itself: somebody should look."""
        return tuple(change for change in self.newest.values() if change.cause in BY_ITSELF)


def _follow(line: list[Release], change: ModelChange) -> None:
    """Changes the line of releases that answered one after the other: forward adds to it, back takes away."""
    if change.cause in FORWARD:
        if not line and change.previous is not None:
            line.append(change.previous)
        if not line or line[-1] != change.release:
            line.append(change.release)
    else:
        while line and line[-1] != change.release:
            line.pop()
        if not line:
            line.append(change.release)
