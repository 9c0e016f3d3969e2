"""Puts the desktop together: state, lists, views and background work, and who hears of what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QMessageBox

from app.jobs.answering import Answering, Progress
from app.jobs.engine_room import EngineRoom, Equipment
from app.jobs.pictures import Pictures
from app.jobs.run import Lane, run
from app.paint.picture import Picture
from app.paint.pointed import Pointed
from app.state.session import Look, RegionChosen, RowChanged, Session, StudyRow, Trouble
from app.state.window_level import PRESETS, preset_named
from app.tables.studies import StudiesModel
from app.text import runtime_named, tr
from app.views.ask import ask_files, ask_folder
from app.views.keys import KeysDialog
from app.views.main_window import MainWindow
from engine.errors import FoveaError
from engine.places import RESOURCES
from engine.program import program_version

SLICES_A_PAGE = 10

CLOSING_S = 5.0
"""How long closing waits for the tile that is being looked at."""


class Desktop(QObject):
    """One window with everything behind it.

    Args:
        room: the engine.
        on_fault: told of errors that belong to no study.
    """

    def __init__(self, room: EngineRoom, on_fault: Callable[[FoveaError], None]) -> None:
        super().__init__()
        self._room = room
        self._on_fault = on_fault
        self.session = Session()
        self._engine_lane, self._search_lane, self._picture_lane = Lane("engine"), Lane("search"), Lane("picture")
        self._studies = StudiesModel(self.session, self)
        self.window = MainWindow(self._studies)
        self.answering = Answering(
            self.session, room, search_lane=self._search_lane, engine_lane=self._engine_lane, parent=self
        )
        self._pictures = Pictures(room, self._picture_lane, self.answering.found, self)
        self._listen_to_state()
        self._listen_to_views()
        self._listen_to_work()
        self._listen_to_commands()
        self._show_state()

    def open(self, paths: Sequence[Path]) -> None:
        """Opens files and folders."""
        self.answering.open(paths)

    def close(self) -> None:
        """Ends all work: the study that is being answered is recorded as incomplete, those in line are not begun."""
        self.answering.cancel()
        run(lambda task: self._room.close(), on_done=_ignore, on_failed=_ignore, parent=self, lane=self._engine_lane)  # noqa: ARG005 -- closing is a single step
        for lane in (self._search_lane, self._picture_lane, self._engine_lane):
            lane.close(CLOSING_S)

    def _listen_to_state(self) -> None:
        self.session.rows_added.listen(lambda added: self._show_state())  # noqa: ARG005 -- all rows are counted anew
        self.session.row_changed.listen(self._row_changed)
        self.session.study_chosen.listen(self._study_chosen)
        self.session.region_chosen.listen(self._region_chosen)

    def _listen_to_views(self) -> None:
        window, view = self.window, self.window.picture.view
        window.first_painted.connect(self._warm, Qt.ConnectionType.QueuedConnection)
        window.paths_dropped.connect(self.open)
        window.closed.connect(self.close)
        window.studies.chosen.connect(self.session.choose)
        window.studies.cancelled.connect(self.answering.cancel)
        window.regions.chosen.connect(self.session.choose_region)
        view.looked.connect(self._looked)
        view.pointed.connect(self._pointed)
        view.region_clicked.connect(lambda index: self.session.choose_region(index, bring_in=False))
        view.menu_asked.connect(self._show_menu)

    def _listen_to_work(self) -> None:
        self.answering.progressed.connect(self._progressed)
        self.answering.failed.connect(self._on_fault)
        self._pictures.fetched.connect(self._fetched)
        self._pictures.missed.connect(self._missed)

    def _listen_to_commands(self) -> None:
        window, view = self.window, self.window.picture.view
        does: dict[str, Callable[[], object]] = {
            "open": lambda: self.open(ask_files(window)),
            "open_folder": lambda: self.open(ask_folder(window)),
            "open_samples": lambda: self.open([RESOURCES / "samples"]),
            "answer_again": self._answer_again,
            "cancel": self.answering.cancel,
            "quit": window.close,
            "fit": view.fit,
            "actual": view.show_actual,
            "zoom_in": lambda: view.zoom(1),
            "zoom_out": lambda: view.zoom(-1),
            "invert": view.invert,
            "reset": view.reset,
            "lung_window": lambda: view.set_window(PRESETS["lung"]),
            "soft_tissue_window": lambda: view.set_window(PRESETS["soft tissue"]),
            "bone_window": lambda: view.set_window(PRESETS["bone"]),
            "show_regions": lambda: view.set_regions_shown(window.actions_["show_regions"].isChecked()),
            "next_study": lambda: self.session.choose_by(1),
            "previous_study": lambda: self.session.choose_by(-1),
            "page_on": lambda: self._page(1),
            "page_back": lambda: self._page(-1),
            "next_region": lambda: self.session.choose_region_by(1),
            "previous_region": lambda: self.session.choose_region_by(-1),
            "next_pane": window.go_to_next_pane,
            "keys": lambda: KeysDialog(window).exec(),
            "about": self._show_about,
        }
        for name, do in does.items():
            window.actions_[name].triggered.connect(lambda checked=False, do=do: do())  # noqa: ARG005 -- Qt passes it
        window.actions_["show_regions"].setChecked(True)
        welcome = window.picture.welcome
        welcome.files_asked.connect(window.actions_["open"].trigger)
        welcome.folder_asked.connect(window.actions_["open_folder"].trigger)
        welcome.samples_asked.connect(window.actions_["open_samples"].trigger)

    def _show_state(self) -> None:
        row = self.session.row
        self.window.studies.show_tally(self.session.tally())
        self._enable(row)
        if row is None:
            self.window.show_runtime(tr("Run time: starting..."))

    def _row_changed(self, changed: RowChanged) -> None:
        self.window.studies.show_tally(self.session.tally())
        row = self.session[changed.index]
        if row.outcome is not None and row.outcome.backend:
            self._show_runtime(row.outcome.backend, (row.outcome.model,))
        if changed.index == self.session.chosen:
            self._show_row(row)

    def _study_chosen(self, index: int | None) -> None:
        row = self.session.row
        self.window.studies.choose(index)
        self._show_row(row)
        if row is not None:
            self.window.setWindowTitle(f"{row.name} - Fovea")
            self._show_look()
            self._pictures.fetch(row.source)

    def _show_row(self, row: StudyRow | None) -> None:
        self.window.picture.show_row(row)
        self.window.regions.show_row(row)
        self.window.picture.show_regions(row.regions if row is not None else (), self.session.region)
        self.window.regions.choose(self.session.region)
        self._enable(row)

    def _region_chosen(self, chosen: RegionChosen) -> None:
        row = self.session.row
        view = self.window.picture.view
        self.window.regions.choose(chosen.index)
        self.window.picture.show_regions(row.regions if row is not None else (), chosen.index)
        if chosen.bring_in and chosen.index is not None:
            view.center_on(chosen.index)

    def _fetched(self, source: str, picture: Picture) -> None:
        row = self.session.row
        if row is not None and row.source == source:
            self.window.picture.show_picture(row, picture)
            self.window.picture.show_regions(row.regions, self.session.region)
            self._show_look()
            self._enable(row)

    def _missed(self, source: str, trouble: Trouble) -> None:
        row = self.session.row
        if row is not None and row.source == source:
            self.window.picture.show_missing(row, trouble)

    def _looked(self, look: Look) -> None:
        if self.session.chosen is not None:
            self.session.keep_look(self.session.chosen, look)
        self._show_look()

    def _show_look(self) -> None:
        view = self.window.picture.view
        if view.view is None or view.window_level is None:
            self.window.show_window_words("")
            return
        window = view.window_level
        self.window.actions_["invert"].setChecked(window.inverted)
        zoom = view.view.scale * view.devicePixelRatioF()
        words = f"{tr('Zoom')} {zoom:.0%}   {window.words}"
        named = preset_named(window) if view.is_ct else ""
        self.window.show_window_words(f"{words} ({tr(named)})" if named else words)

    def _pointed(self, pointed: Pointed | None) -> None:
        if pointed is None:
            self.window.show_pointer("")
            return
        values = ", ".join(f"{value:g}" for value in pointed.values)
        words = f"x {pointed.column}  y {pointed.row}"
        if pointed.slice is not None:
            words += f"  {tr('slice')} {pointed.slice + 1}"
        words += f"   {tr('value')} {values}"
        if pointed.place_mm is not None:
            words += "   ({:.1f}, {:.1f}, {:.1f}) mm".format(*pointed.place_mm)
        self.window.show_pointer(words)

    def _progressed(self, progress: Progress) -> None:
        self.window.studies.show_progress(progress)
        self.window.actions_["cancel"].setEnabled(progress.busy)

    def _page(self, step: int) -> None:
        """Slices of a volume, otherwise studies."""
        if self.window.picture.view.plane is not None:
            self.window.picture.view.scroll_slices(step * SLICES_A_PAGE)
        else:
            self.session.choose_by(step)

    def _answer_again(self) -> None:
        if self.session.chosen is not None:
            self.answering.again(self.session.chosen)

    def _warm(self) -> None:
        run(
            lambda task: self._room.warm(),  # noqa: ARG005 -- opening is a single step
            on_done=self._show_equipment,
            on_failed=self._cannot_answer,
            parent=self,
            lane=self._engine_lane,
        )

    def _show_equipment(self, ready: Equipment) -> None:
        self._show_runtime(ready.backend, ready.models)

    def _show_runtime(self, backend: str, models: tuple[str, ...]) -> None:
        named = ", ".join(models) or tr("no model installed")
        self.window.show_runtime(f"{runtime_named(backend)}   {tr('Model')}: {named}")

    def _cannot_answer(self, error: FoveaError) -> None:
        self.window.show_runtime(f"{tr('Nothing can be answered')} ({error.code})")
        self._on_fault(error)

    def _enable(self, row: StudyRow | None) -> None:
        actions = self.window.actions_
        pictured = self.window.picture.view.view is not None
        for name in ("fit", "actual", "zoom_in", "zoom_out", "invert", "reset", "show_regions"):
            actions[name].setEnabled(pictured)
        for name in ("lung_window", "soft_tissue_window", "bone_window"):
            actions[name].setEnabled(self.window.picture.view.is_ct)
        for name in ("answer_again", "next_study", "previous_study", "page_on", "page_back"):
            actions[name].setEnabled(row is not None)
        for name in ("next_region", "previous_region"):
            actions[name].setEnabled(row is not None and bool(row.regions))
        actions["cancel"].setEnabled(self.answering.progress.busy)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self.window)
        menu.addActions(self.window.actions_.of_menu("Picture"))
        menu.exec(at)
        menu.deleteLater()

    def _show_about(self) -> None:
        QMessageBox.about(
            self.window,
            tr("About Fovea"),
            tr(
                "Fovea %1\n\nShows what a local detector flagged; a person decides.\nNothing leaves this machine."
            ).replace("%1", program_version()),
        )


def _ignore(result: object) -> None:
    """Nothing is left to be told."""
