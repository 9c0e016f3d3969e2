"""Reads what the models page shows: the shelf, what becomes of each version, and what was found of it. In a lane."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.model_place import Place, place_of

if TYPE_CHECKING:
    from engine.domain.activation import ModelChange, Standing
    from engine.domain.model_card import ModelCard
    from engine.evaluate.beside import Beside, Comparison
    from engine.places import Home
    from engine.registry.imports import ImportRecord
    from engine.registry.package import Package
    from engine.registry.shelf import Shelf
    from engine.store.database import Store


@dataclass(frozen=True, slots=True)
class Installed:
    """One package that is there.

    Args:
        path: its folder or zip.
        card: what its manifest says; None where it may not be used.
        text: of its card, Markdown; empty where there is none.
        code: why it may not be used; empty where it may.
        why: the same as a sentence with the next step.
        place: whether it answers; None where it may not be used.
        answering: version of the same model that answers now; empty where none does.
        unsigned: who let it in although nobody signed it, and why; empty for signed ones.
        record: of its import; None where it did not come by one.
        changes: of all versions of the model, newest first.
        back_to: version that answers after a roll back of the model; empty where there is no way back.
        comparison: of a shadow with the one that answers; None for what never was a shadow.
    """

    path: Path
    card: ModelCard | None
    text: str = field(default="", repr=False)
    code: str = ""
    why: str = ""
    place: Place | None = None
    answering: str = ""
    unsigned: str = ""
    record: ImportRecord | None = None
    changes: tuple[ModelChange, ...] = ()
    back_to: str = ""
    comparison: Comparison | None = None

    @property
    def name(self) -> str:
        """`id version`, or the name of the file of what cannot be read."""
        return self.card.name if self.card else self.path.name

    @property
    def own_changes(self) -> tuple[ModelChange, ...]:
        """The changes that are of this version, newest first."""
        return tuple(one for one in self.changes if self.card and one.release.hash == self.card.hash)


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


class Installations:
    """Reads the shelf again and again, and of shadows what is new since the time before. For one lane alone."""

    def __init__(self) -> None:
        self._beside: dict[str, Beside] = {}

    def read(self, store: Store) -> tuple[Installed, ...]:
        """Everything on the shelf, also what may not be used.

        Raises:
            ModelError: MD-KEYFILE where a trusted key cannot be read.
            StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
        """
        from engine.domain.activation import Standing  # noqa: PLC0415 -- start-up time: the window is shown first
        from engine.registry.shelf import Shelf  # noqa: PLC0415
        from engine.store.model_changes import changes  # noqa: PLC0415

        shelf, made = Shelf.of(store.home), changes(store)
        standing = Standing.after(made)
        usable = (
            replace(_usable(store, shelf, package, standing, made), comparison=self._compared(store, package, made))
            for package in shelf.packages
        )
        refused = (Installed(one.path, None, "", one.error.code, str(one.error)) for one in shelf.refused)
        return (*usable, *refused)

    def _compared(self, store: Store, package: Package, made: tuple[ModelChange, ...]) -> Comparison | None:
        """Of what was a shadow once."""
        from engine.domain.activation import Cause  # noqa: PLC0415 -- as above
        from engine.evaluate.beside import Beside  # noqa: PLC0415

        model_hash = package.card.hash
        if all(one.cause is not Cause.SHADOWED or one.release.hash != model_hash for one in made):
            return None
        return self._beside.setdefault(model_hash, Beside(model_hash)).look(store)


def verified(home: Home, path: Path) -> Verified:
    """Reads every byte of a package.

    Raises:
        ModelError: it cannot be opened as a package at all.
    """
    from engine.registry.sign import trusted_keys  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.registry.verify import verify  # noqa: PLC0415

    verdict = verify(path, trusted_keys(home))
    return Verified(verdict.usable, verdict.summary, verdict.problems)


def _usable(
    store: Store, shelf: Shelf, package: Package, standing: Standing, made: tuple[ModelChange, ...]
) -> Installed:
    from engine.registry.imports import Imports  # noqa: PLC0415 -- as above

    card = package.card
    changes = tuple(one for one in reversed(made) if one.model_id == card.id)
    before, answering = standing.before.get(card.id), shelf.answering(card.id, standing)
    return Installed(
        package.path,
        card,
        _text_of(package),
        place=place_of(shelf, package, standing),
        answering=answering.card.version if answering else "",
        unsigned=str(package.admission) if package.admission else "",
        record=Imports(store.home).of(card),
        changes=changes,
        back_to=before.version if before else "",
    )


def _text_of(package: Package) -> str:
    from engine.errors import ModelError  # noqa: PLC0415 -- beside what follows
    from engine.registry.package import CARD  # noqa: PLC0415 -- start-up time: the window is shown first

    try:
        return package.text(CARD)
    except ModelError as error:
        return str(error)
