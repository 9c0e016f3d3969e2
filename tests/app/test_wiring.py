"""The window from end to end, driven by mouse and keys over the real engine."""

import shutil

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.state.status import Stage
from app.views.keys import KeysDialog
from engine.domain.outcome import Status
from engine.places import RESOURCES

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
SAMPLES = RESOURCES / "samples"


def drag(bench, button, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    bench.qtbot.mousePress(bench.view, button, modifier, start)
    bench.qtbot.mouseMove(bench.view, (start + end) / 2)
    bench.qtbot.mouseMove(bench.view, end)
    bench.qtbot.mouseRelease(bench.view, button, modifier, end)


def wheel(bench, at, steps, modifier=Qt.KeyboardModifier.NoModifier, widget=None):
    widget = widget or bench.view
    event = QWheelEvent(
        QPointF(at),
        widget.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def press(bench, key, modifier=Qt.KeyboardModifier.NoModifier, where=None):
    widget = where or bench.view
    widget.setFocus()
    bench.qtbot.keyClick(widget, key, modifier)


def middle(view):
    return view.width() / 2, view.height() / 2


def on_screen(bench, index):
    box = bench.desktop.session.row.regions[index].box_px
    x0, y0, x1, y1 = bench.view.view.box_to_screen(box)
    return (x0 + x1) / 2, (y0 + y1) / 2


def test_samples_are_answered_and_the_damaged_one_is_refused_with_its_reason(bench):
    bench.qtbot.mouseClick(bench.window.picture.welcome.samples_button, LEFT)
    bench.qtbot.waitUntil(lambda: len(bench.desktop.session) > 0, timeout=10_000)
    bench.settle()
    rows = [bench.desktop.session[index] for index in range(len(bench.desktop.session))]
    assert len(rows) >= 9
    damaged = [row for row in rows if row.outcome.status is not Status.ANSWERED]
    assert [row.name for row in damaged] == ["damaged-truncated.jpg"]
    assert all(row.thumbnail is not None for row in rows if row not in damaged)
    bench.desktop.session.choose(rows.index(damaged[0]))
    assert bench.window.picture.message.isVisible()
    bench.qtbot.mouseClick(bench.window.picture.message.copy_button, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert damaged[0].outcome.code in copied
    assert damaged[0].outcome.reason in copied


def test_run_time_and_model_are_named_at_the_bottom_before_any_study(bench):
    bench.qtbot.waitUntil(lambda: "Embedded default: CPU, ONNX Runtime" in bench.window._runtime.text(), timeout=30_000)
    assert "surface-pitting" in bench.window._models.text()


def test_files_chosen_in_the_dialog_are_opened(bench, photograph):
    def choose():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(photograph))
        dialog.accept()

    QTimer.singleShot(300, choose)
    bench.qtbot.keyClick(bench.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert [bench.desktop.session[0].name] == ["part.png"]


def test_dialog_that_is_left_opens_nothing(bench):
    QTimer.singleShot(300, lambda: QApplication.activeModalWidget().reject())
    bench.window.actions_["open"].trigger()
    assert len(bench.desktop.session) == 0
    assert bench.window.picture.welcome.isVisible()


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")  # newer Qt wants a QPointF, ours has none
def test_files_and_folders_dropped_on_the_window_are_opened(bench, photograph, tmp_path):
    folder = tmp_path / "more"
    folder.mkdir()
    shutil.copy(photograph, folder / "inside.png")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(photograph)), QUrl.fromLocalFile(str(folder))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, dropped, LEFT, none)
    QApplication.sendEvent(bench.window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(300, 300), copy, dropped, LEFT, none)
    QApplication.sendEvent(bench.window, drop)
    bench.settle()
    assert [bench.desktop.session[i].name for i in range(2)] == ["part.png", "inside.png"]


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")  # newer Qt wants a QPointF, ours has none
def test_text_dragged_over_the_window_is_not_taken(bench):
    text = QMimeData()
    text.setText("hello")
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, text, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(bench.window, enter)
    assert not enter.isAccepted()


def test_path_that_does_not_exist_is_refused_and_the_others_are_answered(bench, photograph, tmp_path):
    bench.open(tmp_path / "gone.png", photograph)
    first, second = bench.desktop.session[0], bench.desktop.session[1]
    assert first.outcome.status is Status.REFUSED
    assert second.outcome.status is not Status.REFUSED
    assert bench.window.picture.message.isVisible()


def test_file_that_vanishes_after_its_answer_is_said_so_in_the_middle(bench, photograph, tmp_path):
    between, other = tmp_path / "between.png", tmp_path / "other.png"  # the one between is read ahead
    for path in (between, other):
        shutil.copy(photograph, path)
    bench.open(photograph, between, other)
    other.unlink()
    bench.desktop.session.choose(2)
    bench.qtbot.waitUntil(bench.window.picture.message.isVisible)


def test_study_opened_twice_is_chosen_and_not_answered_twice(bench, photograph, tmp_path):
    other = tmp_path / "other.png"
    shutil.copy(photograph, other)
    bench.open(photograph, other)
    bench.open(other)
    assert len(bench.desktop.session) == 2
    assert bench.desktop.session.chosen == 1


def test_region_clicked_in_the_list_comes_into_the_middle(bench, photograph):
    bench.open_flagged(photograph)
    table = bench.window.regions.table
    bench.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(1, 0)).center())
    assert bench.desktop.session.region == 1
    assert on_screen(bench, 1) == pytest.approx(middle(bench.view))


def test_region_clicked_in_the_picture_is_chosen_in_the_list_and_the_picture_stays(bench, photograph):
    bench.open_flagged(photograph)
    before = bench.view.view
    bench.qtbot.mouseClick(bench.view, LEFT, pos=QPointF(*on_screen(bench, 0)).toPoint())
    assert bench.desktop.session.region == 0
    assert bench.window.regions.table.currentIndex().row() == 0
    assert bench.view.view == before


def test_click_beside_the_regions_chooses_none(bench, photograph):
    bench.open_flagged(photograph)
    bench.desktop.session.choose_region(1)
    bench.qtbot.mouseClick(bench.view, LEFT, pos=QPoint(5, 5))
    assert bench.desktop.session.region is None


def test_left_drag_changes_window_and_level_and_nothing_else(bench, photograph):
    bench.open_flagged(photograph)
    view, window = bench.view.view, bench.view.window_level
    drag(bench, LEFT, QPoint(200, 200), QPoint(260, 230))
    assert bench.view.window_level.width > window.width
    assert bench.view.window_level.center > window.center
    assert bench.view.view == view
    assert bench.desktop.session.region is None


def test_middle_drag_moves_the_picture_with_the_pointer(bench, photograph):
    bench.open_flagged(photograph)
    before = bench.view.view.to_screen(200, 150)
    drag(bench, MIDDLE, QPoint(200, 200), QPoint(240, 190))
    after = bench.view.view.to_screen(200, 150)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((40, -10))


def test_shift_and_left_drag_moves_the_picture_too(bench, photograph):
    bench.open_flagged(photograph)
    window = bench.view.window_level
    before = bench.view.view.center
    drag(bench, LEFT, QPoint(200, 200), QPoint(240, 200), Qt.KeyboardModifier.ShiftModifier)
    assert bench.view.view.center != before
    assert bench.view.window_level == window


def test_right_drag_upwards_enlarges_about_where_it_began(bench, photograph):
    bench.open_flagged(photograph)
    held = bench.view.view.to_image(300, 300)
    scale = bench.view.view.scale
    drag(bench, RIGHT, QPoint(300, 300), QPoint(300, 240))
    assert bench.view.view.scale > scale
    assert bench.view.view.to_screen(*held) == pytest.approx((300, 300))


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_wheel_zooms_about_the_pointer(bench, photograph, modifier):
    bench.open_flagged(photograph)
    held = bench.view.view.to_image(320, 300)
    scale = bench.view.view.scale
    wheel(bench, QPoint(320, 300), 2, modifier)
    assert bench.view.view.scale == pytest.approx(scale * 1.25**2)
    assert bench.view.view.to_screen(*held) == pytest.approx((320, 300))


def test_right_click_shows_the_menu_of_the_picture(bench, photograph):
    bench.open_flagged(photograph)
    shown = []

    def look():
        menu = QApplication.activePopupWidget()
        shown.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(200, look)
    bench.qtbot.mouseClick(bench.view, RIGHT, pos=QPoint(200, 200))
    bench.qtbot.waitUntil(lambda: "Invert" in shown)


def test_pointer_shows_place_and_value(bench, photograph):
    bench.open_flagged(photograph)
    at = bench.view.view.to_screen(200.5, 150.5)
    bench.qtbot.mouseMove(bench.view, QPointF(*at).toPoint())
    assert "x 200  y 150" in bench.window._pointer.text()
    assert "127, 127, 90" in bench.window._pointer.text()


def test_keys_of_the_picture(bench, photograph):
    bench.open_flagged(photograph)
    fitted, window = bench.view.view, bench.view.window_level
    press(bench, Qt.Key.Key_0)
    assert bench.view.view.scale == 1.0 / bench.view.devicePixelRatioF()
    press(bench, Qt.Key.Key_Plus)
    assert bench.view.view.scale == pytest.approx(1.25)
    press(bench, Qt.Key.Key_Minus)
    press(bench, Qt.Key.Key_Minus)
    assert bench.view.view.scale == pytest.approx(0.8)
    press(bench, Qt.Key.Key_I)
    assert bench.view.window_level == window.flipped()
    press(bench, Qt.Key.Key_Right)
    press(bench, Qt.Key.Key_F)
    assert bench.view.view == fitted
    drag(bench, LEFT, QPoint(200, 200), QPoint(260, 230))
    press(bench, Qt.Key.Key_Space)
    assert (bench.view.view, bench.view.window_level) == (fitted, window)


def test_tab_goes_through_the_regions_and_shift_tab_back(bench, photograph):
    bench.open_flagged(photograph)
    seen = []
    for key, modifier in (
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
    ):
        press(bench, key, modifier)
        seen.append(bench.desktop.session.region)
    assert seen == [0, 1, 0, 2]
    assert on_screen(bench, 2) == pytest.approx(middle(bench.view))


def test_b_hides_the_regions_and_shows_them_again(bench, photograph):
    bench.open_flagged(photograph)
    shown = bench.view.grab().toImage()
    press(bench, Qt.Key.Key_B)
    assert bench.view.grab().toImage() != shown
    press(bench, Qt.Key.Key_B)
    assert bench.view.grab().toImage() == shown


def test_page_keys_go_to_the_next_study_and_back_and_each_keeps_its_look(bench, photograph, tmp_path):
    other = tmp_path / "other.png"
    shutil.copy(photograph, other)
    bench.open(photograph, other)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None)
    wheel(bench, QPoint(300, 300), 3)
    looked = bench.view.view
    press(bench, Qt.Key.Key_PageDown)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None)
    assert bench.desktop.session.chosen == 1
    assert bench.view.view != looked
    press(bench, Qt.Key.Key_PageUp)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None)
    assert bench.view.view == looked


def test_study_clicked_in_the_list_is_shown(bench, photograph, tmp_path):
    other = tmp_path / "other.png"
    shutil.copy(photograph, other)
    bench.open(photograph, other)
    listed = bench.window.studies.list
    bench.qtbot.mouseClick(listed.viewport(), LEFT, pos=listed.visualRect(listed.model().index(1, 0)).center())
    assert bench.desktop.session.chosen == 1
    assert bench.window.windowTitle() == "other.png - Fovea"


def test_f6_goes_around_the_parts_of_the_window(bench, photograph):
    bench.open_flagged(photograph)
    bench.view.setFocus()
    seen = []
    for _ in range(3):
        bench.qtbot.keyClick(bench.window, Qt.Key.Key_F6)
        seen.append(bench.window.focusWidget())
    assert seen == [bench.window.regions.table, bench.window.studies.list, bench.view]


def test_f1_shows_the_keys(bench):
    shown = []

    def look():
        dialog = QApplication.activeModalWidget()
        shown.append(isinstance(dialog, KeysDialog))
        dialog.reject()

    QTimer.singleShot(300, look)
    bench.qtbot.keyClick(bench.window, Qt.Key.Key_F1)
    assert shown == [True]


def test_cancel_leaves_what_is_not_begun_unanswered_and_f5_answers_it(bench, photograph, tmp_path):
    paths = [photograph]
    for number in range(20):
        paths.append(tmp_path / f"copy-{number:02}.png")
        shutil.copy(photograph, paths[-1])
    bench.desktop.open(paths)
    bench.qtbot.waitUntil(lambda: len(bench.desktop.session) == 21, timeout=10_000)
    assert bench.window.studies.cancel_button.isVisible()
    bench.qtbot.mouseClick(bench.window.studies.cancel_button, LEFT)
    bench.settle()
    last = len(bench.desktop.session) - 1
    assert bench.desktop.session[last].stage is Stage.STOPPED
    assert bench.desktop.session[last].trouble.code == "BU-CANCELLED"
    bench.desktop.session.choose(last)
    bench.window.actions_["answer_again"].trigger()
    bench.settle()
    assert bench.desktop.session[last].outcome is not None


def test_closing_in_the_middle_of_work_ends_it(bench, photograph, tmp_path):
    for number in range(20):
        shutil.copy(photograph, tmp_path / f"copy-{number:02}.png")
    bench.desktop.open([tmp_path])
    bench.qtbot.waitUntil(lambda: len(bench.desktop.session) >= 20, timeout=10_000)
    bench.window.close()
    assert not bench.window.isVisible()
    assert not any(lane._thread.is_alive() for lane in bench.desktop._lanes.values())


def test_grey_picture_out_of_domain_is_shown_under_a_banner_that_says_why(bench, tmp_path):
    shutil.copy(SAMPLES / "kgt1-v-a09.jpg", tmp_path / "colour.jpg")
    Image.open(tmp_path / "colour.jpg").convert("L").save(tmp_path / "grey.png")
    bench.open(tmp_path / "grey.png")
    bench.qtbot.waitUntil(lambda: bench.view.isVisible() and bench.view.view is not None)
    assert bench.desktop.session.row.outcome.status is Status.OUT_OF_DOMAIN
    assert bench.window.picture.banner.isVisible()
