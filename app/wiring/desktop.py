"""Puts the desktop together: state, background work, the window, and the wiring of each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from app.jobs.answering import Answering
from app.jobs.engine_room import EngineRoom
from app.jobs.pictures import Pictures
from app.jobs.records import Records
from app.jobs.run import Job, Lane, run
from app.jobs.warm_drawing import warm_drawing
from app.paint.renderer import Renderer
from app.state.pages import Page, Pages
from app.state.preferences import Preferred
from app.state.session import Session
from app.state.signed_in import SignedIn
from app.tables.studies import StudiesModel
from app.views.main_window import MainWindow
from app.wiring.alarms import AlarmsWiring
from app.wiring.audit import AuditWiring
from app.wiring.comparing import ComparingWiring
from app.wiring.contours import ContoursWiring
from app.wiring.heat import HeatWiring
from app.wiring.judging import JudgingWiring
from app.wiring.models import ModelsWiring
from app.wiring.monitor import MonitorWiring
from app.wiring.operators import OperatorsWiring
from app.wiring.parts import Parts, Wiring
from app.wiring.planes import PlanesWiring
from app.wiring.probing import ProbingWiring
from app.wiring.reading import ReadingWiring
from app.wiring.screens import ScreensWiring
from app.wiring.settings import SettingsWiring
from app.wiring.shell import ShellWiring
from app.wiring.sights import SightsWiring
from app.wiring.worklist import WorklistWiring
from engine.clock import SystemClock
from engine.errors import FoveaError
from engine.operators.session import single_operator

RECORDS = ("records", "lookups", "models", "watching")
"""Ways to the database, each in a lane of its own: what is quick, what takes long, packages, and the watch."""

CLOSING_S = 5.0
"""How long closing waits for the tile that is being looked at."""


class Desktop(QObject):
    """One window with everything behind it.

    Args:
        room: the engine.
        on_fault: told of errors that belong to no study.
        preferred: how the person wants the window.
        window: one that is on the screen already, still bare; None makes one.
    """

    def __init__(
        self,
        room: EngineRoom,
        on_fault: Callable[[FoveaError], None],
        preferred: Preferred | None = None,
        window: MainWindow | None = None,
    ) -> None:
        super().__init__()
        self._lanes = {name: Lane(name) for name in ("search", "picture", "engine", "seen", "drawing", *RECORDS)}
        self._room = room
        self.session = Session()
        self._records = {name: Records(room.home, self._lanes[name]) for name in RECORDS}
        self.window = window or MainWindow()
        # One end for all: Python may collect its garbage in any thread, and there no object of Qt must end.
        self.setParent(self.window)
        self.window.furnish(StudiesModel(self.session, self))
        self.parts = self._parts(on_fault, preferred or Preferred())
        self.answering = self.parts.answering
        self.reading = ReadingWiring(self.parts, self._lanes["engine"], self)
        self.beside = Pictures(room, self._lanes["picture"], self.answering.found, self, kept=self.parts.pictures.kept)
        self.sights = self._sights()
        self.judging = JudgingWiring(self.parts, self.reading, self)
        self.shell = ShellWiring(self.parts, self)
        self.models = ModelsWiring(self.parts, self._records["models"], self)
        self.alarms = AlarmsWiring(self.parts, self)
        self.pages = self._pages()
        self.operators = OperatorsWiring(self.parts, self)
        self._wirings: tuple[Wiring, ...] = (
            self.reading,
            *self.sights,
            self.judging,
            HeatWiring(self.parts, self),
            ContoursWiring(self.parts, self._lanes["drawing"], self),
            self.shell,
            *self.pages,
            self.operators,
        )
        self._warming: Job[Renderer] | None = None
        self.window.first_painted.connect(self._warm_drawing, Qt.ConnectionType.QueuedConnection)
        self.window.closed.connect(self.close)
        self._connect_commands()

    def _parts(self, on_fault: Callable[[FoveaError], None], preferred: Preferred) -> Parts:
        """What every wiring is given."""
        room, who = self._room, SignedIn(single_operator())
        answering = Answering(
            self.session, room, who, search_lane=self._lanes["search"], engine_lane=self._lanes["engine"], parent=self
        )
        return Parts(
            room=room,
            session=self.session,
            pages=Pages(Page.READING),
            preferred=preferred,
            who=who,
            window=self.window,
            answering=answering,
            pictures=Pictures(room, self._lanes["picture"], answering.found, self),
            records=self._records["records"],
            lookups=self._records["lookups"],
            clock=SystemClock(),
            on_fault=on_fault,
        )

    def _sights(self) -> tuple[Wiring, ...]:
        """What is seen of a study."""
        return (
            SightsWiring(self.parts, self),
            PlanesWiring(self.parts, self.reading.show_regions, self),
            ProbingWiring(self.parts, self),
            ComparingWiring(self.parts, self.beside, self._lanes["picture"], self),
            ScreensWiring(self.parts, self),
        )

    def _pages(self) -> tuple[Wiring, ...]:
        """The pages beside the one for reading."""
        return (
            WorklistWiring(self.parts, self._lanes["seen"], self),
            MonitorWiring(self.parts, self._records["watching"], self),
            self.models,
            AuditWiring(self.parts, self),
            SettingsWiring(self.parts, self),
        )

    def open(self, paths: Sequence[Path]) -> None:
        """Opens files and folders."""
        self.reading.open(paths)

    def close(self) -> None:
        """Ends all work: the study that is being answered is recorded as incomplete, those in line are not begun."""
        self.answering.cancel()
        if self._warming is not None:
            self._warming.cancel()
        self.models.cancel()
        self.judging.close()
        self._close_in("engine", self._room.close)
        for name, records in self._records.items():
            self._close_in(name, records.close)
        for lane_ in self._lanes.values():
            lane_.close(CLOSING_S)

    def _close_in(self, lane: str, end: Callable[[], None]) -> None:
        """Closes something in the lane that opened it."""
        run(
            lambda task: end(),  # noqa: ARG005 -- closing is a single step
            on_done=_ignore,
            on_failed=_ignore,
            parent=self,
            lane=self._lanes[lane],
        )

    def _warm_drawing(self) -> None:
        """Numpy draws until the kernels are there."""
        self._warming = warm_drawing(self, self._lanes["drawing"], self._draw_again)

    def _draw_again(self) -> None:
        for view in self.window.picture.views:
            view.update()

    def _connect_commands(self) -> None:
        for wiring in self._wirings:
            for name, do in wiring.does().items():
                action = self.window.actions_[name]
                action.triggered.connect(lambda checked=False, do=do: do())  # noqa: ARG005 -- Qt passes it


def _ignore(result: object) -> None:
    """Nothing is left to be told."""
