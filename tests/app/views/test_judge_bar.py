"""The bar under the regions: threshold, verdict, comment, record and signature."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMainWindow

from app.state.judgement import OF_PARTS, OF_READINGS, Judgement, Signature, mark_of
from app.state.session import Trouble
from app.views.actions import Actions
from app.views.judge_bar import JudgeBar
from app.views.sign_dialog import SignDialog
from app.views.threshold_slider import OperatingPoints, ThresholdSlider
from engine.domain.review import Verdict
from tests.app.state.judging_bench import outcome

LEFT = Qt.MouseButton.LeftButton
OPEN = Judgement.of(outcome("a", 2))
DECIDED = OPEN.confirm(0).reject(1, "artefact")


@pytest.fixture
def window(qtbot, dressed):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(window, qtbot):
    bar = JudgeBar(Actions(window))
    bar.setParent(window, Qt.WindowType.Window)
    bar.resize(280, 240)
    return bar


@pytest.fixture
def slider(window, qtbot):
    slider = ThresholdSlider(window)
    slider.resize(218, 24)  # 200 pixels between the margins
    slider.show_points(OperatingPoints(0.2, 0.4), 0.2)
    return slider


def test_bar_is_hidden_while_nothing_can_be_judged(bar):
    bar.show_judgement(None, (), None)
    assert bar.isHidden()


def test_buttons_are_the_verdicts_of_the_study(bar, qtbot):
    bar.show_judgement(DECIDED, OF_READINGS, None)
    assert [button.text() for button in bar.buttons if not button.isHidden()] == ["Agree", "Disagree"]
    bar.show_judgement(DECIDED, OF_PARTS, None)
    with qtbot.waitSignal(bar.given) as told:
        qtbot.mouseClick(bar.buttons[1], LEFT)
    assert told.args == [Verdict.WARN]


def test_bar_is_never_narrower_than_the_words_of_its_buttons(bar, qtbot, monkeypatch):
    monkeypatch.setattr("app.views.judge_bar.verdict_named", lambda verdict: f"{verdict.value} in a longer language")
    bar.show_judgement(DECIDED, OF_PARTS, None)
    with qtbot.waitExposed(bar):
        bar.show()
    qtbot.waitUntil(lambda: bar.minimumSizeHint().width() >= sum(one.sizeHint().width() for one in bar.buttons))
    assert bar.minimumSizeHint().width() > 280


def test_given_verdict_is_the_one_that_is_pressed(bar):
    bar.show_judgement(replace(DECIDED, verdict=Verdict.WARN), OF_PARTS, None)
    assert [button.isChecked() for button in bar.buttons] == [False, True, False]
    bar.show_judgement(DECIDED, OF_PARTS, None)
    assert not any(button.isChecked() for button in bar.buttons)


def test_count_says_what_is_left_and_what_the_next_confirmation_does(bar):
    bar.show_judgement(OPEN.confirm(0), OF_PARTS, None)
    assert bar.count.text() == "1 of 2 decided"
    bar.show_judgement(DECIDED.add(mark_of(OPEN.regions[0])), OF_PARTS, Verdict.REJECT)
    assert bar.count.text() == "2 of 2 decided, 1 added, Return: Reject"


def test_signed_judgement_says_by_whom_and_offers_to_change_it(bar):
    signed = replace(
        DECIDED, verdict=Verdict.WARN, signature=Signature("kim", datetime(2026, 1, 2, 9, 5, tzinfo=UTC), 4)
    )
    bar.show_judgement(signed, OF_PARTS, None)
    assert bar.state.text() == "Signed by kim, 2026-01-02 09:05 UTC, version 4"
    assert bar.sign_button.text() == "Change..."
    assert not bar.buttons[0].isEnabled()
    assert bar.comment.isReadOnly()


def test_trouble_is_told_with_its_code_and_the_next_step(bar):
    bar.show_judgement(DECIDED, OF_PARTS, None)
    bar.show_trouble(Trouble("ST-FULL", "The disk is full.", "Free some space."))
    assert bar.state.text() == "ST-FULL: The disk is full. Free some space."
    bar.show_recorded(begun=True, recorded=True)
    assert bar.state.text() == "Recorded"


def test_comment_in_the_making_is_not_overwritten(bar, qtbot):
    with qtbot.waitExposed(bar):
        bar.show()
    bar.activateWindow()
    bar.comment.setFocus()
    qtbot.waitUntil(bar.comment.hasFocus)
    qtbot.keyClicks(bar.comment, "lens was")
    bar.show_judgement(DECIDED, OF_PARTS, None)
    assert bar.comment.text() == "lens was"


def test_threshold_without_a_model_cannot_be_set(bar):
    bar.show_judgement(DECIDED, OF_PARTS, None)
    bar.show_threshold(None, 0.0)
    assert bar.slider.isHidden()
    bar.show_threshold(OperatingPoints(0.2, 0.4), 0.0)
    assert bar._threshold_words.text() == "Shown from 0.20, unsure 0.20 to 0.40"


def test_handle_stops_at_the_operating_points(slider, qtbot):
    with qtbot.waitSignal(slider.moved) as told:
        qtbot.mouseClick(slider, LEFT, pos=QPoint(9 + 53, 12))  # the threshold lies at 50
    assert told.args == [0.4]
    with qtbot.waitSignal(slider.moved) as told:
        qtbot.mouseClick(slider, LEFT, pos=QPoint(9 + 100, 12))
    assert told.args == [pytest.approx(0.6, abs=0.01)]


def test_arrow_keys_move_the_threshold(slider, qtbot):
    with qtbot.waitSignal(slider.moved) as told:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert told.args == [0.21]


def test_showing_a_threshold_is_told_to_nobody(slider, qtbot):
    with qtbot.assertNotEmitted(slider.moved):
        slider.show_points(OperatingPoints(0.1, 0.5), 0.3)


def test_password_is_asked_for_at_a_site_and_asked_again_after_a_wrong_one(window, qtbot):
    complete = replace(DECIDED, verdict=Verdict.WARN)
    dialog = SignDialog(window, complete, (), "kim", asks_secret=True)
    dialog.secret.setText("wrong")
    with qtbot.waitSignal(dialog.asked) as told:
        dialog.sign_button.click()
    assert told.args == ["wrong"]
    assert not dialog.sign_button.isEnabled()
    dialog.refuse(Trouble("US-LOGIN", "The name or the password is wrong.", "Check both and try again."))
    assert "US-LOGIN" in dialog.trouble.text()
    assert dialog.secret.text() == ""
    assert dialog.sign_button.isEnabled()


def test_many_unseen_regions_are_counted_behind_the_first(window):
    dialog = SignDialog(window, DECIDED, range(20), "kim", asks_secret=False)
    assert "1, 2, 3, 4, 5, 6, 7, 8 and 12 more" in " ".join(dialog._warnings())
