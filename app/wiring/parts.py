"""What the wirings of all pages share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.jobs.answering import Answering
from app.jobs.engine_room import EngineRoom
from app.jobs.pictures import Pictures
from app.jobs.records import Records
from app.state.pages import Pages
from app.state.preferences import Preferred
from app.state.session import Session
from app.state.signed_in import SignedIn
from app.views.main_window import MainWindow
from engine.clock import Clock
from engine.errors import FoveaError

Does = dict[str, Callable[[], object]]
"""What each command does, by its name."""


class Wiring(Protocol):
    """What joins one page, or one matter, to the rest."""

    def does(self) -> Does:
        """What its commands do."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One of each.

    Args:
        room: the engine.
        session: the studies that are open.
        pages: which page is looked at.
        preferred: how the person wants the window.
        who: works here.
        window: all widgets.
        answering: the line of studies waiting for their answer.
        pictures: fetches what is looked at.
        records: the database, for what is quick: reviews, logging in.
        lookups: the database, for what may take long: lists, searches, checks.
        clock: the time of day, for countdowns and names.
        on_fault: told of errors that belong to no study.
    """

    room: EngineRoom
    session: Session
    pages: Pages
    preferred: Preferred
    who: SignedIn
    window: MainWindow
    answering: Answering
    pictures: Pictures
    records: Records
    lookups: Records
    clock: Clock
    on_fault: Callable[[FoveaError], None]
