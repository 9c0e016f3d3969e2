"""Regions under the hand: rejecting with a reason, adding, another label, another box."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint

from app.state.drawn_box import reshaped, solid
from app.state.judgement import mark_of
from app.state.judging import Judging
from app.state.plane import Plane
from app.state.session import Session
from app.views.box_editor import BoxEditor
from app.views.label_menu import label_menu
from app.views.main_window import MainWindow
from app.views.picture_view import PictureView
from app.views.reason_menu import reason_menu
from app.wiring.parts import Does
from engine.domain.model_card import ModelCard
from engine.domain.region import BoxPx
from engine.domain.review import Mark, RegionVerdict

UNNAMED = "finding"
"""What a new region is called where no model names any; recorded, and so in no language of a window."""


class RegionEdits(QObject):
    """Joins the hands on the pictures and the two menus with the decisions.

    Args:
        session: the open studies.
        judging: the decisions about them.
        window: with the pictures.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, session: Session, judging: Judging, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self.cards: dict[str, ModelCard] = {}
        self._session, self._judging, self._window = session, judging, window
        self._last_label: dict[str, str] = {}
        self._editors = {view: BoxEditor(view) for view in window.picture.views}
        for view, editor in self._editors.items():
            view.hand = editor
            editor.drawn.connect(lambda box, view=view: self._drawn(view, box))
            editor.changed.connect(lambda index, box, view=view: self._reshaped(view, index, box))

    def does(self) -> Does:
        """What the commands about one region do."""
        return {"reject": self._reject, "add_region": self._add, "edit_region": self._edit}

    def show_chosen(self, region: int | None) -> None:
        """Lets the hands take hold of another region."""
        for editor in self._editors.values():
            editor.show_chosen(region, may_change=self._judging.changeable is not None)

    def stop(self) -> None:
        """Lets every box be: a region that was to be added to one study is none of the next."""
        for editor in self._editors.values():
            editor.stop()

    def _reject(self) -> None:
        judgement, at = self._judging.changeable, self._session.region
        if judgement is None or at is None:
            return
        if judgement.verdicts[at] is RegionVerdict.ADDED:
            self._judging.reject("")  # what the person drew is taken away again, which needs no reason
        else:
            reason_menu(self._window, self._judging.reject).popup(self._beside(at))

    def _add(self) -> None:
        for editor in self._editors.values():
            editor.add()

    def _edit(self) -> None:
        at, row = self._session.region, self._session.row
        if at is not None and row is not None:
            current = row.regions[at].label
            menu = label_menu(self._window, self._labels(), current, self._call, self._edit_box)
            menu.popup(self._beside(at))

    def _edit_box(self) -> None:
        for editor in self._editors.values():
            editor.edit()
        self._window.picture.view.setFocus()

    def _call(self, name: str) -> None:
        """Gives the chosen region a label; the one it has confirms it."""
        judgement, at = self._judging.changeable, self._session.region
        if judgement is None or at is None:
            return
        self._last_label[judgement.outcome.model] = name
        region = judgement.regions[at]
        if region.label != name:
            self._judging.change(mark_of(region, name), moves_on=True)
        elif judgement.verdicts[at] is None:
            self._judging.confirm()

    def _drawn(self, view: PictureView, box: BoxPx) -> None:
        self.stop()
        labels = self._labels()
        judgement = self._judging.changeable
        name = "" if judgement is None else self._last_label.get(judgement.outcome.model, "")
        plane = view.plane
        name = name or labels[0]
        solid_box = solid(plane, box) if isinstance(plane, Plane) else None
        self._judging.add(Mark(name, box_px=box) if solid_box is None else Mark(name, box_vox=solid_box))
        if len(labels) > 1:
            self._edit()

    def _reshaped(self, view: PictureView, index: int, box: BoxPx) -> None:
        row, plane = self._session.row, view.plane
        if row is None or index != self._session.region:
            return
        mark = replace(mark_of(row.regions[index]), center_mm=None, instances=())
        if mark.box_vox is None:
            self._judging.change(replace(mark, box_px=box))
        elif isinstance(plane, Plane):
            self._judging.change(replace(mark, box_vox=reshaped(plane, mark.box_vox, box)))

    def _labels(self) -> tuple[str, ...]:
        """What the model calls things, and what a person has called something in this study."""
        judgement = self._judging.judgement
        if judgement is None:
            return (UNNAMED,)
        card = self.cards.get(judgement.outcome.model)
        own = card.labels if card is not None else ()
        return tuple(dict.fromkeys((*own, *(region.label for region in judgement.regions)))) or (UNNAMED,)

    def _beside(self, place: int) -> QPoint:
        """Where a menu about a region opens: under its box, in the first view that shows it."""
        for view in self._editors:
            seen = view.seen_regions
            box = seen[place].box_px if place < len(seen) else None
            if view.isVisible() and view.view is not None and box is not None:
                x0, _, _, y1 = view.view.box_to_screen(box)
                x, y = min(max(x0, 0.0), view.width() - 1.0), min(max(y1 + 6.0, 0.0), view.height() - 1.0)
                return view.mapToGlobal(QPoint(round(x), round(y)))
        view = self._window.picture.view
        return view.mapToGlobal(view.rect().center())
