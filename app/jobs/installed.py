"""Reads what the models page shows: the shelf, each card with its text, and what was found to be so here. In a lane."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.domain.model_card import ModelCard
    from engine.places import Home


@dataclass(frozen=True, slots=True)
class Installed:
    """One package that is there.

    Args:
        path: its folder or zip.
        card: what its manifest says; None where it may not be used.
        text: of its card, Markdown; empty where there is none.
        code: why it may not be used; empty where it may.
        why: the same as a sentence with the next step.
    """

    path: Path
    card: ModelCard | None
    text: str = field(default="", repr=False)
    code: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        """`id version`, or the name of the file of what cannot be read."""
        return self.card.name if self.card else self.path.name


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a package found.

    Args:
        usable: whole, and signed by a trusted key.
        summary: one line.
        problems: what is wrong with its files, one sentence each.
    """

    usable: bool
    summary: str
    problems: tuple[str, ...]


def read_installed(home: Home) -> tuple[Installed, ...]:
    """Everything on the shelf, also what may not be used.

    Raises:
        ModelError: MD-KEYFILE where a trusted key cannot be read.
    """
    from engine.errors import ModelError  # noqa: PLC0415 -- beside what follows
    from engine.registry.package import CARD, Package  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.registry.shelf import Shelf  # noqa: PLC0415

    def text_of(package: Package) -> str:
        try:
            return package.text(CARD)
        except ModelError as error:
            return str(error)

    shelf = Shelf.of(home)
    usable = (Installed(package.path, package.card, text_of(package)) for package in shelf.packages)
    refused = (Installed(one.path, None, "", one.error.code, str(one.error)) for one in shelf.refused)
    return (*usable, *refused)


def verified(home: Home, path: Path) -> Verified:
    """Reads every byte of a package.

    Raises:
        ModelError: it cannot be opened as a package at all.
    """
    from engine.registry.sign import trusted_keys  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.registry.verify import verify  # noqa: PLC0415

    verdict = verify(path, trusted_keys(home))
    return Verified(verdict.usable, verdict.summary, verdict.problems)
