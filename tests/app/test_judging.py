"""Judging in the window, by keys and mouse, over the real engine and the real store."""

import statistics
import time
from collections import Counter
from threading import Event

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu

from app.jobs.engine_room import EngineRoom
from app.views.sign_dialog import SignDialog
from engine.domain.region import Region
from engine.domain.review import RegionVerdict, Verdict
from engine.errors import StoreError
from engine.store import reviews
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.reviews import versions
from tests.engine.store.answers import answered, arrival
from tests.engine.store.answers import photograph as study_of

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
SPOTS = ((20, 20), (60, 30), (30, 75))
"""(x, y) of what the model of `spotted_home` flags in each picture."""

STUDIES = 20


def write_parts(folder, count):
    """Grey pictures with three bright spots each, none like another."""
    folder.mkdir()
    for number in range(count):
        pixels = np.full((96, 96), 40, np.uint8)
        pixels[0, number] = 41
        for x, y in SPOTS:
            pixels[y : y + 8, x : x + 8] = 250
        Image.fromarray(pixels).save(folder / f"part-{number:02}.png")
    return folder


@pytest.fixture
def parts(spotted_home, bench, tmp_path):
    """One answered part that can be judged."""
    bench.open(write_parts(tmp_path / "parts", 1))
    ready(bench)
    return bench


def ready(bench):
    session = bench.desktop.session
    bench.qtbot.waitUntil(lambda: all(session[i].judgement is not None for i in range(len(session))), timeout=20_000)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None, timeout=20_000)
    bench.qtbot.waitUntil(bench.window.isActiveWindow)
    bench.view.setFocus()


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, bench):
        self.bench = bench
        self.pressed = 0

    def __call__(self, key, modifier=NONE):
        self.pressed += 1
        where = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.focusWidget()
        self.bench.qtbot.keyClick(where or self.bench.view, key, modifier)


def judgement(bench):
    return bench.desktop.session.row.judgement


def recorded(bench, index=0):
    """The newest version in the store, once everything is there."""
    bench.qtbot.waitUntil(lambda: not bench.desktop.judging.reviewing.unrecorded)
    outcome = bench.desktop.session[index].outcome
    with open_store(bench.desktop.parts.room.home) as store:
        return versions(store, outcome.arrival_id)[-1].review


def test_twenty_studies_with_sixty_regions_are_judged_by_keys_alone_in_at_most_three_keys_a_region(
    spotted_home, bench, tmp_path
):
    bench.open(write_parts(tmp_path / "parts", STUDIES))
    ready(bench)
    session = bench.desktop.session
    regions = sum(len(session[index].regions) for index in range(STUDIES))
    assert (len(session), regions) == (STUDIES, 60)
    press = Keys(bench)
    press(Qt.Key.Key_Return)  # to the first region
    for number in range(STUDIES):
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_X)
        press(Qt.Key.Key_1 + number % 4)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)  # the verdict that is proposed; the next study opens by itself
    assert press.pressed <= 3 * regions
    bench.qtbot.waitUntil(lambda: not bench.desktop.judging.reviewing.unrecorded, timeout=20_000)
    with open_store(bench.desktop.parts.room.home) as store:
        kept = [versions(store, session[index].outcome.arrival_id)[-1].review for index in range(STUDIES)]
    assert all(review.verdict is Verdict.REJECT for review in kept)
    said = Counter(one.verdict for review in kept for one in review.regions)
    assert said == {RegionVerdict.CONFIRMED: 40, RegionVerdict.REJECTED: 20}
    assert {one.reason for review in kept for one in review.regions} == {
        "", "no finding", "artefact", "normal anatomy or structure", "too small to matter",
    }  # fmt: skip


def test_list_and_picture_show_the_same_region_and_what_was_decided(parts):
    press = Keys(parts)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    table = parts.window.regions.table
    assert table.currentIndex().row() == parts.desktop.session.region == 1
    parts.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(2, 0)).center())
    assert parts.desktop.session.region == 2
    assert parts.view._chosen == 2
    press(Qt.Key.Key_Return)
    assert parts.view._decisions == (None, None, RegionVerdict.CONFIRMED)


def test_undo_and_redo_by_keys(parts):
    press = Keys(parts)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_U)
    assert judgement(parts).verdicts[0] is None
    press(Qt.Key.Key_Y, CTRL)
    assert judgement(parts).verdicts[0] is RegionVerdict.CONFIRMED
    press(Qt.Key.Key_Z, CTRL)
    assert recorded(parts).regions == ()


def test_missed_region_is_added_by_dragging_and_taken_away_by_the_reject_key(parts):
    press, view = Keys(parts), parts.view
    press(Qt.Key.Key_N)
    start, end = (QPoint(*map(round, view.view.to_screen(x, y))) for x, y in ((70, 70), (85, 90)))
    parts.qtbot.mousePress(view, LEFT, pos=start)
    parts.qtbot.mouseMove(view, (start + end) / 2)
    parts.qtbot.mouseMove(view, end)
    parts.qtbot.mouseRelease(view, LEFT, pos=end)
    parts.qtbot.waitUntil(lambda: judgement(parts).verdicts[-1] is RegionVerdict.ADDED)
    assert np.allclose(judgement(parts).regions[-1].box_px, (70, 70, 85, 90), atol=0.5)
    assert parts.desktop.session.region == 3
    assert recorded(parts).regions[0].mark.label == "spot"
    press(Qt.Key.Key_X)
    assert len(judgement(parts).regions) == 3


def test_region_can_be_added_when_the_picture_comes_after_the_answer(spotted_home, bench, tmp_path, monkeypatch):
    may_read, reads = Event(), EngineRoom.read

    def read_late(*arguments):
        may_read.wait(60.0)
        return reads(*arguments)

    monkeypatch.setattr(EngineRoom, "read", read_late)
    bench.open(write_parts(tmp_path / "parts", 1))
    bench.qtbot.waitUntil(lambda: judgement(bench) is not None, timeout=20_000)
    add = bench.window.actions_["add_region"]
    assert not add.isEnabled()
    may_read.set()
    ready(bench)
    assert add.isEnabled()


def test_adding_ends_with_the_study_that_it_was_begun_in(spotted_home, bench, tmp_path):
    bench.open(write_parts(tmp_path / "parts", 2))
    ready(bench)
    editor = bench.view.hand
    Keys(bench)(Qt.Key.Key_N)
    assert editor.busy
    bench.desktop.session.choose(1)
    assert not editor.busy


def test_another_label_is_two_keys(parts):
    parts.desktop.judging._edits.cards = {}  # the model knows one label; a person has given another one before
    press = Keys(parts)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_E)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions()]
    assert names[0] == "&1   spot"
    press(Qt.Key.Key_1)
    assert judgement(parts).verdicts[0] is RegionVerdict.CONFIRMED


def test_label_of_the_persons_own_is_typed(parts, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("dust", True))
    press = Keys(parts)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_L)
    assert recorded(parts).regions[0].mark.label == "dust"
    assert judgement(parts).regions[0].label == "dust"


def test_box_is_moved_by_keys(parts):
    press = Keys(parts)
    press(Qt.Key.Key_Tab)
    before = judgement(parts).regions[0].box_px
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    after = recorded(parts).regions[0].mark.box_px
    assert after == (before[0] + 1, before[1], before[2] + 1, before[3])
    assert judgement(parts).verdicts[0] is RegionVerdict.CHANGED


def test_threshold_hides_regions_in_list_and_picture_and_says_so(parts):
    lowest = min(region.score for region in judgement(parts).regions)
    parts.desktop.judging.judging.looking.set_threshold(lowest + 1e-6)
    shown = parts.window.regions.table.model().rowCount()
    assert shown < 3
    assert "hidden" in parts.window.regions._words.text()
    assert sum(region.box_px is not None for region in parts.view.seen_regions) == shown


def test_signing_says_which_regions_are_undecided_and_shows_the_first(parts):
    press = Keys(parts)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Return, CTRL)
    dialog = parts.window.findChild(SignDialog)
    assert not dialog.sign_button.isEnabled()
    words = " ".join(dialog._warnings())
    assert "2, 3" in words
    parts.qtbot.mouseClick(dialog.show_button, LEFT)
    assert parts.desktop.session.region == 1


def test_regions_confirmed_all_at_once_are_said_to_be_unseen_before_they_are_signed(parts):
    press = Keys(parts)
    parts.window.actions_["confirm_rest"].trigger()
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Return, CTRL)
    dialog = parts.window.findChild(SignDialog)
    assert any("1, 2, 3" in words for words in dialog._warnings())
    parts.qtbot.mouseClick(dialog.sign_button, LEFT)
    parts.qtbot.waitUntil(lambda: judgement(parts).signature is not None)
    assert recorded(parts).signed
    assert not parts.window.actions_["reject"].isEnabled()
    assert parts.window.regions.judge.state.text().startswith("Signed by")


def test_signed_study_is_opened_again_with_a_reason(parts, monkeypatch):
    press = Keys(parts)
    parts.window.actions_["confirm_rest"].trigger()
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Return, CTRL)
    parts.qtbot.mouseClick(parts.window.findChild(SignDialog).sign_button, LEFT)
    parts.qtbot.waitUntil(lambda: judgement(parts).signature is not None)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("the wrong part", True))
    parts.qtbot.mouseClick(parts.window.regions.judge.sign_button, LEFT)
    parts.window.actions_["verdict_3"].trigger()
    kept = recorded(parts)
    assert (kept.verdict, kept.reason, kept.signed) == (Verdict.REJECT, "the wrong part", False)


def test_comment_is_recorded(parts):
    press = Keys(parts)
    press(Qt.Key.Key_K, CTRL)
    parts.qtbot.keyClicks(parts.window.regions.judge.comment, "lens was dirty")
    press(Qt.Key.Key_Return)
    assert recorded(parts).comment == "lens was dirty"


@pytest.mark.deep
def test_thousand_regions_on_one_image_stay_fluid(bench, photograph):
    bench.open(photograph)
    came = arrival(str(photograph))
    places = np.random.default_rng(3).uniform((0, 0), (390, 290), (1000, 2)).tolist()
    regions = [Region("pitting", 0.99 - n / 1100, "sure", (x, y, x + 6, y + 6)) for n, (x, y) in enumerate(places)]
    outcome = answered(came, regions)
    with open_store(bench.desktop.parts.room.home) as store:
        record(store, came, study_of(str(photograph)), outcome)
    bench.desktop.session.answer(0, outcome, None)
    ready(bench)
    press, took_ms = Keys(bench), []
    for _ in range(12):
        began_s = time.thread_time()  # of the window's thread alone, whatever else the machine does
        press(Qt.Key.Key_Return)
        QApplication.processEvents()
        took_ms.append((time.thread_time() - began_s) * 1000)
    assert sum(said is not None for said in judgement(bench).verdicts) == 11
    assert statistics.median(took_ms) < 100.0
    bench.qtbot.waitUntil(lambda: not bench.desktop.judging.reviewing.unrecorded, timeout=20_000)


def test_heat_map_of_an_answer_is_laid_over_its_picture_and_its_opacity_is_set(parts):
    press = Keys(parts)
    press(Qt.Key.Key_B, SHIFT)
    parts.qtbot.waitUntil(lambda: parts.view._heat is not None)
    heat = parts.view._heat
    hottest = np.unravel_index(np.argmax(heat.values), heat.values.shape)
    rows, columns = heat.values.shape
    at = (hottest[1] + 0.5) / columns * 96, (hottest[0] + 0.5) / rows * 96
    assert any(x - 4 <= at[0] <= x + 12 and y - 4 <= at[1] <= y + 12 for x, y in SPOTS)
    assert parts.window.regions.heat.isVisible()
    parts.window.regions.heat.slider.setValue(80)
    assert parts.view._heat.opacity == 0.8
    press(Qt.Key.Key_B, SHIFT)
    assert parts.view._heat is None
    assert not parts.window.regions.heat.isVisible()


def test_key_that_is_held_down_judges_one_region(parts):
    for name in ("confirm", "reject", "undo", "verdict_1"):
        assert not parts.window.actions_[name].autoRepeat()


def test_window_asks_before_it_closes_over_what_could_not_be_recorded(parts, monkeypatch):
    def full(*arguments):
        raise StoreError("ST-FULL", "The disk is full.", "Free some space.")

    really = reviews.save
    monkeypatch.setattr(reviews, "save", full)
    press = Keys(parts)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    state = parts.window.regions.judge.state
    parts.qtbot.waitUntil(lambda: state.text().startswith("ST-FULL"))
    told = []

    def stay():
        box = QApplication.activeModalWidget()
        told.append(box.informativeText())
        box.reject()

    QTimer.singleShot(200, stay)
    parts.window.close()
    assert told == ["ST-FULL: The disk is full. Free some space."]
    assert parts.window.isVisible()
    monkeypatch.setattr(reviews, "save", really)
    parts.qtbot.waitUntil(lambda: state.text() == "Recorded", timeout=10_000)


def test_window_closed_right_after_a_decision_has_recorded_it(parts):
    outcome = parts.desktop.session[0].outcome
    press = Keys(parts)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    parts.window.close()
    with open_store(parts.desktop.parts.room.home) as store:
        assert len(versions(store, outcome.arrival_id)[-1].review.regions) == 1
