"""The reading page: what is chosen, shown and pointed at, and how the line of answers comes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from app.jobs.answering import Progress
from app.jobs.engine_room import Equipment
from app.jobs.run import Lane, run
from app.paint.picture import Picture
from app.state.announce import Announcer
from app.state.opinion import second_marks
from app.state.pages import Page
from app.state.session import RegionChosen, RowChanged, StudyRow, Trouble
from app.text import runtime_named, tr
from app.views.ask import ask_files, ask_folder, ask_modality
from app.wiring.parts import Does, Parts
from engine.domain.region import Region
from engine.errors import FoveaError
from engine.places import RESOURCES


class ReadingWiring(QObject):
    """Joins the session, the line of answers and the three panes.

    Args:
        parts: of the desktop.
        engine_lane: where the engine is made ready.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, engine_lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._room = parts.room
        self._on_fault = parts.on_fault
        self._engine_lane = engine_lane
        self.equipped: Announcer[Equipment] = Announcer()
        self._equipment: Equipment | None = None
        self.hides: Callable[[Region], bool] = lambda region: False  # noqa: ARG005 -- until judging says which
        self.session, self.window, self.answering = parts.session, parts.window, parts.answering
        self._pictures = parts.pictures
        self._listen_to_state()
        self._listen_to_views()
        self._listen_to_work()
        self._show_state()

    def open(self, paths: Sequence[Path]) -> None:
        """Opens files and folders, and looks at them."""
        if paths:
            self._parts.pages.show(Page.READING)
        self.answering.open(paths)

    def does(self) -> Does:
        """What the commands of this page do."""
        window = self.window
        return {
            "open": lambda: self.open(ask_files(window)),
            "open_folder": lambda: self.open(ask_folder(window)),
            "open_samples": lambda: self.open([RESOURCES / "samples"]),
            "answer_again": self._answer_again,
            "answer_as": self._answer_as,
            "cancel": self.answering.cancel,
            "next_study": lambda: self.session.choose_by(1),
            "previous_study": lambda: self.session.choose_by(-1),
        }

    def _listen_to_state(self) -> None:
        self.session.rows_added.listen(lambda added: self._show_state())  # noqa: ARG005 -- all rows are counted anew
        self.session.row_changed.listen(self._row_changed)
        self.session.study_chosen.listen(self._study_chosen)
        self.session.region_chosen.listen(self._region_chosen)

    def _listen_to_views(self) -> None:
        window = self.window
        window.first_painted.connect(self._warm, Qt.ConnectionType.QueuedConnection)
        window.paths_dropped.connect(self._dropped)
        window.studies.chosen.connect(self.session.choose)
        window.studies.cancelled.connect(self.answering.cancel)
        window.regions.chosen.connect(self.session.choose_region)
        window.regions.second.chosen.connect(self._second_chosen)
        welcome = window.picture.welcome
        welcome.files_asked.connect(window.actions_["open"].trigger)
        welcome.folder_asked.connect(window.actions_["open_folder"].trigger)
        welcome.samples_asked.connect(window.actions_["open_samples"].trigger)

    def _listen_to_work(self) -> None:
        self.answering.progressed.connect(self._progressed)
        self.answering.failed.connect(self._on_fault)
        self.answering.worker_changed.connect(self._worker_changed)
        self._pictures.fetched.connect(self._fetched)
        self._pictures.grew.connect(self._grew)
        self._pictures.missed.connect(self._missed)

    def _show_state(self) -> None:
        row = self.session.row
        self.window.studies.show_tally(self.session.tally())
        self._enable(row)
        if row is None:
            self.window.show_runtime(tr("Run time: starting..."))

    def _row_changed(self, changed: RowChanged) -> None:
        self.window.studies.show_tally(self.session.tally())
        if changed.index == self.session.chosen:
            self._show_row(self.session[changed.index])

    def _dropped(self, paths: Sequence[Path]) -> None:
        """What is dropped on the models page is a package, and no study."""
        if self._parts.pages.shown is not Page.MODELS:
            self.open(paths)

    def _study_chosen(self, index: int | None) -> None:
        row = self.session.row
        self.window.studies.choose(index)
        self._show_row(row)
        if row is not None:
            self.window.setWindowTitle(f"{row.name} - Fovea")
            self._pictures.fetch(row.source)

    def _show_row(self, row: StudyRow | None) -> None:
        self.window.picture.show_row(row)
        self.window.regions.show_row(row)
        self._draw_regions()
        self.window.regions.choose(self.session.region)
        if row is not None and row.outcome is not None and row.outcome.backend:
            self._show_runtime(row.outcome.backend, (row.outcome.model,))
        self._enable(row)

    def show_regions(self) -> None:
        """Shows the regions of the study anew, in the list and in the picture: others are hidden now."""
        self.window.regions.show_row(self.session.row)
        self.window.regions.choose(self.session.region)
        self._draw_regions()

    def _draw_regions(self) -> None:
        row = self.session.row
        regions = () if row is None else row.regions
        # One that is hidden has no box, so that indices keep their meaning.
        drawn = tuple(replace(one, box_px=None, box_vox=None) if self.hides(one) else one for one in regions)
        self.window.picture.show_regions(drawn, self.session.region, () if row is None else row.decisions)
        self.window.picture.show_second(() if row is None else second_marks(row.outcome))

    def _second_chosen(self, index: int) -> None:
        row = self.session.row
        marks = () if row is None else second_marks(row.outcome)
        if index < len(marks):
            self.window.picture.view.look_at(marks[index].region)

    def _region_chosen(self, chosen: RegionChosen) -> None:
        view = self.window.picture.view
        self.window.regions.choose(chosen.index)
        self._draw_regions()
        if chosen.bring_in and chosen.index is not None:
            view.center_on(chosen.index)

    def _fetched(self, source: str, picture: Picture) -> None:
        row = self.session.row
        if row is not None and row.source == source:
            self.window.picture.show_picture(row, picture)
            self._draw_regions()
            self._enable(row)
            if picture.arrived is None:
                self._expect_next()

    def _expect_next(self) -> None:
        """Has the study after the one that is looked at read ahead."""
        following = (self.session.chosen or 0) + 1
        if following < len(self.session):
            self._pictures.expect(self.session[following].source)

    def _grew(self, source: str, picture: Picture) -> None:
        """A series is shown from its first slices on; the later ones come into the picture as it is looked at."""
        row, shown = self.session.row, self.window.picture.view.picture
        if row is None or row.source != source:
            return
        if shown is not None and shown.scan is picture.scan:
            self.window.picture.grow(picture)
        else:
            self._fetched(source, picture)

    def _missed(self, source: str, trouble: Trouble) -> None:
        row = self.session.row
        if row is not None and row.source == source:
            self.window.picture.show_missing(row, trouble)

    def _progressed(self, progress: Progress) -> None:
        self.window.studies.show_progress(progress)
        self.window.actions_["cancel"].setEnabled(progress.busy)

    def _answer_as(self) -> None:
        """For volumes and DICOM files that name no modality, without which no model may be sure to fit."""
        if self.session.chosen is not None and (modality := ask_modality(self.window)):
            self.answering.again(self.session.chosen, modality)

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

    def _worker_changed(self, answers: bool) -> None:
        """Nothing is lost with a worker; who waits for it is told why it takes longer."""
        if not answers:
            self.window.show_runtime(tr("The worker ended and is started again; what it looked at begins anew."))
        elif self._equipment is not None:
            self._show_runtime(self._equipment.backend, self._equipment.models)

    def _show_equipment(self, ready: Equipment) -> None:
        self._equipment = ready
        self.equipped.announce(ready)
        self._show_runtime(ready.backend, ready.models)

    def _show_runtime(self, backend: str, models: tuple[str, ...]) -> None:
        named = ", ".join(models) or tr("no model installed")
        self.window.show_runtime(runtime_named(backend), f"{tr('Model')}: {named}")

    def _cannot_answer(self, error: FoveaError) -> None:
        self.window.show_runtime(f"{tr('Nothing can be answered')} ({error.code})")
        self._on_fault(error)

    def _enable(self, row: StudyRow | None) -> None:
        actions = self.window.actions_
        for name in ("answer_again", "answer_as", "next_study", "previous_study", "page_on", "page_back"):
            actions[name].setEnabled(row is not None)
        for name in ("next_region", "previous_region"):
            actions[name].setEnabled(row is not None and bool(row.regions))
        actions["cancel"].setEnabled(self.answering.progress.busy)
