"""The last net."""

import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from app.crash import CrashNet
from engine.errors import StoreError

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def quits():
    return []


@pytest.fixture
def net(tmp_path, quits):
    return CrashNet(tmp_path / "logs" / "fovea.log", lambda: None, lambda: quits.append(1))


def press(button, seen):
    def do():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
        seen.append((dialog.text(), dialog.informativeText(), dialog.detailedText()))
        next(b for b in dialog.buttons() if b.text() == button).click()

    QTimer.singleShot(300, do)


def catch(net, text="broken"):
    try:
        raise ValueError(text)
    except ValueError:
        net.catch(*sys.exc_info())


def test_uncaught_error_names_the_log_and_lets_the_person_go_on(net, qtbot, quits, tmp_path):
    seen = []
    press("Go on", seen)
    catch(net)
    qtbot.waitUntil(lambda: bool(seen))
    _, informative, details = seen[0]
    assert str(tmp_path / "logs" / "fovea.log") in informative
    assert "PR-UNCAUGHT" in informative
    assert "ValueError: broken" in details
    assert quits == []


def test_person_may_close_the_program_instead(net, qtbot, quits):
    press("Close Fovea", [])
    catch(net)
    qtbot.waitUntil(lambda: quits == [1])


def test_details_go_to_the_clipboard(net, qtbot):
    press("Copy details", [])
    catch(net, "for the clipboard")
    qtbot.waitUntil(lambda: "for the clipboard" in QGuiApplication.clipboard().text())


def test_same_error_again_is_logged_and_shown_once(net, qtbot):
    shown = []
    net._caught.connect(lambda *told: shown.append(told))
    net._caught.disconnect(net._show)
    for _ in range(5):
        catch(net)
    qtbot.waitUntil(lambda: len(shown) == 1)
    qtbot.wait(50)
    assert len(shown) == 1


def test_error_of_another_thread_is_shown_in_the_thread_of_the_window(net, qtbot):
    seen = []
    press("Go on", seen)
    thread = threading.Thread(target=catch, args=(net,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(seen))


def test_error_of_the_world_shows_its_sentence_and_its_next_step(net, qtbot):
    seen = []
    press("Go on", seen)
    net.tell(StoreError("ST-HOME", "The home cannot be written.", "Check its permissions."))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] == "The home cannot be written."
    assert "Check its permissions." in seen[0][1]


def test_ctrl_c_closes_without_a_dialog(net, quits):
    net.catch(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert quits == [1]


def test_hooks_of_all_threads_are_taken_over(net, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    net.spread()
    assert sys.excepthook == net.catch
    assert threading.excepthook is not threading.__excepthook__
