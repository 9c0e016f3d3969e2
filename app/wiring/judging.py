"""Judging: the decisions of keys, menus and the hand on the picture, how they are recorded, and how they are signed."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.jobs.engine_room import Equipment
from app.jobs.reviewing import Reviewing
from app.state.judgement import Judgement
from app.state.judging import Judging
from app.state.session import RegionChosen, RowChanged, Trouble
from app.views.judge_bar import VERDICT_KEYS
from app.views.threshold_slider import OperatingPoints
from app.views.unrecorded import closes_over
from app.wiring.parts import Does, Parts
from app.wiring.reading import ReadingWiring
from app.wiring.region_edits import RegionEdits
from app.wiring.signing import Signing
from engine.domain.operator import Operator
from engine.domain.scan import Scan

THRESHOLD_STEP = 0.05


class JudgingWiring(QObject):
    """Joins the decisions with the picture, the list, the bar below it and the store.

    Args:
        parts: of the desktop.
        reading: the page whose pictures are judged.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, reading: ReadingWiring, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session, self._window = parts.session, parts.window
        self._bar = parts.window.regions.judge
        self._reading = reading
        self._trouble: Trouble | None = None
        self.judging = Judging(parts.session, self._operator, lambda: parts.preferred.now.next_by_itself)
        self.reviewing = Reviewing(parts.session, self.judging, parts.records, parts.who, self._scan, self)
        self._edits = RegionEdits(parts.session, self.judging, parts.window, self)
        self._signing = Signing(parts, self.judging, self.reviewing, self)
        reading.hides = self._window.regions.hides = self.judging.looking.hides
        self._listen()
        self._show()

    def does(self) -> Does:
        """What the commands of judging do."""
        judging = self.judging
        return {
            "confirm": judging.confirm,
            "confirm_rest": judging.confirm_open,
            "undo": judging.undo,
            "redo": judging.redo,
            "verdict_1": lambda: self._give(0),
            "verdict_2": lambda: self._give(1),
            "verdict_3": lambda: self._give(2),
            "comment": self._bar.comment.setFocus,
            "threshold_down": lambda: self._move_threshold(-THRESHOLD_STEP),
            "threshold_up": lambda: self._move_threshold(THRESHOLD_STEP),
            "next_region": lambda: judging.looking.go(1),
            "previous_region": lambda: judging.looking.go(-1),
            **self._edits.does(),
            **self._signing.does(),
        }

    def close(self) -> None:
        """Has everything recorded that is not yet; the lane of the records is closed behind it."""
        self.reviewing.hand_over()

    def may_close(self) -> bool:
        """Whether nothing would be lost; if something would, the person decides."""
        waiting = len(self.reviewing.unrecorded)
        return self._trouble is None or not waiting or closes_over(self._window, waiting, self._trouble)

    def _listen(self) -> None:
        session, bar = self._session, self._bar
        session.row_changed.listen(self._row_changed)
        session.study_chosen.listen(lambda index: self._study_chosen())  # noqa: ARG005 -- whichever it is
        session.region_chosen.listen(self._region_chosen)
        self.judging.looking.threshold_changed.listen(lambda threshold: self._show_threshold())  # noqa: ARG005 -- asked for
        self._parts.who.changed.listen(lambda person: self._show())  # noqa: ARG005 -- asked for
        self._reading.equipped.listen(self._equipped)
        # The answer may come before the picture, on which alone a region can be drawn.
        self._window.picture.picture_changed.connect(self._enable)
        self.reviewing.recorded.connect(self._recorded)
        self.reviewing.refused.connect(self._refused)
        self.reviewing.delayed.connect(self._delayed)
        bar.given.connect(self.judging.give)
        bar.commented.connect(self.judging.comment)
        bar.threshold_moved.connect(self.judging.looking.set_threshold)
        bar.sign_button.clicked.connect(self._signing.sign_or_amend)
        self._window.may_close = self.may_close
        # A key that is held down must not judge a whole study.
        for name in ("confirm", "reject", "confirm_rest", "undo", "redo", *VERDICT_KEYS):
            self._window.actions_[name].setAutoRepeat(False)

    def _row_changed(self, changed: RowChanged) -> None:
        if changed.index == self._session.chosen:
            self._show()

    def _study_chosen(self) -> None:
        self._edits.stop()
        self._show()

    def _region_chosen(self, chosen: RegionChosen) -> None:
        self._edits.show_chosen(chosen.index)
        self._enable()

    def _equipped(self, equipment: Equipment) -> None:
        self._edits.cards = {card.name: card for card in equipment.cards}
        self._show()

    def _show(self) -> None:
        judging = self.judging
        self._bar.show_judgement(judging.judgement, judging.verdicts, judging.proposed)
        self._bar.show_threshold(self._points(), judging.looking.threshold)
        self._show_state()
        self._edits.show_chosen(self._session.region)
        self._enable()

    def _show_state(self) -> None:
        row = self._session.row
        if row is None or row.judgement is None or row.judgement.signature is not None:
            return
        if self._trouble is not None and row.source in self.reviewing.unrecorded:
            self._bar.show_trouble(self._trouble)
        else:
            begun = row.judgement != Judgement.of(row.judgement.outcome)
            self._bar.show_recorded(begun=begun, recorded=row.source not in self.reviewing.unrecorded)

    def _show_threshold(self) -> None:
        self._bar.show_threshold(self._points(), self.judging.looking.threshold)
        self._reading.show_regions()

    def _enable(self) -> None:
        actions, judging = self._window.actions_, self.judging
        judgement, changeable = judging.judgement, judging.changeable is not None
        chosen = changeable and self._session.region is not None
        actions["confirm"].setEnabled(judgement is not None)
        for name in ("reject", "edit_region"):
            actions[name].setEnabled(chosen)
        pictured = self._window.picture.view.view is not None
        actions["add_region"].setEnabled(changeable and pictured)
        for name in ("comment", "confirm_rest"):
            actions[name].setEnabled(changeable)
        for place, name in enumerate(VERDICT_KEYS):
            actions[name].setEnabled(changeable and place < len(judging.verdicts))
        actions["sign"].setEnabled(changeable)
        actions["amend"].setEnabled(judgement is not None and judgement.signature is not None)
        actions["undo"].setEnabled(judging.history.can_undo)
        actions["redo"].setEnabled(judging.history.can_redo)
        for name in ("threshold_down", "threshold_up"):
            actions[name].setEnabled(self._points() is not None)

    def _recorded(self, source: str) -> None:
        self._trouble = None
        row = self._session.row
        if row is not None and row.source == source:
            self._show_state()

    def _refused(self, source: str, trouble: Trouble) -> None:
        row = self._session.row
        if row is not None and row.source == source:
            self._bar.show_trouble(trouble)

    def _delayed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._show_state()

    def _give(self, place: int) -> None:
        if place < len(self.judging.verdicts):
            self.judging.give(self.judging.verdicts[place])

    def _move_threshold(self, by: float) -> None:
        points = self._points()
        if points is not None:
            at = max(self.judging.looking.threshold, points.unsure)
            self.judging.looking.set_threshold(round(min(max(at + by, points.unsure), 1.0), 6))

    def _points(self) -> OperatingPoints | None:
        """Of the model that answered; of one that is not here any more, what its regions tell."""
        judgement = self.judging.judgement
        if judgement is None or not judgement.outcome.regions:
            return None
        if (card := self._edits.cards.get(judgement.outcome.model)) is not None:
            return OperatingPoints(card.unsure_threshold, card.threshold)
        scores = [region.score for region in judgement.outcome.regions]
        sure = [region.score for region in judgement.outcome.regions if region.band == "sure"]
        return OperatingPoints(min(scores), min(sure, default=1.0))

    def _scan(self, source: str) -> Scan | None:
        row, picture = self._session.row, self._window.picture.view.picture
        return picture.scan if row is not None and row.source == source and picture is not None else None

    def _operator(self) -> Operator | None:
        session = self._parts.who.session
        return None if session is None else session.operator
