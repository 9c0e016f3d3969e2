"""What becomes of a version of a model on the shelf, as the command line and the window both say it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.domain.activation import Standing
    from engine.registry.package import Package
    from engine.registry.shelf import Shelf


class Place(StrEnum):
    """Whether a version answers."""

    ACTIVE = "active"
    USABLE = "usable"
    """It answers, or would, and nobody said which of several versions does."""
    SHADOW = "shadow"
    SILENT = "not active"


def place_of(shelf: Shelf, package: Package, standing: Standing) -> Place:
    """What becomes of a version.

    Args:
        shelf: where it stands.
        package: the version.
        standing: which version of each model answers.
    """
    card, answering = package.card, shelf.answering(package.card.id, standing)
    if answering is package:
        return Place.ACTIVE if card.id in standing.active else Place.USABLE
    if (shadow := standing.shadow.get(card.id)) is not None and shadow.hash == card.hash:
        return Place.SHADOW
    if answering is None and card.hash not in standing.imported:
        return Place.USABLE
    return Place.SILENT
