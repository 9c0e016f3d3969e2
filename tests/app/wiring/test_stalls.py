"""Reading does not block the event loop, whatever a hand does."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tests.app.volumes import chest, nodules
from tests.app.watchdog import watching_the_loop

REPEATS = 3


def settle():
    for _ in range(5):
        QApplication.processEvents()


def go_through_planes(reader):
    reader.do("three_planes")
    for step in range(6):
        reader.view.go_by(1)
        reader.qtbot.mouseClick(reader.view, Qt.MouseButton.LeftButton, pos=QPoint(60 + 9 * step, 90))
        settle()
    reader.do("tilt_left", "slab", "straighten", "slab", "slab", "three_planes")


def judge_the_window(reader):
    for command in (
        "lung_window",
        "auto_window",
        "whole_window",
        "bone_window",
        "invert",
        "flip",
        "rotate_right",
        "reset",
    ):
        reader.do(command)
    for index in range(3):
        reader.desktop.session.choose_region(index)
        settle()


@pytest.mark.parametrize("does", [go_through_planes, judge_the_window], ids=lambda does: does.__name__)
def test_reading_never_blocks_the_loop_over_50_ms_by_our_own_work(reader, does):
    reader.show(chest=chest())
    reader.answer(nodules())
    does(reader)  # once before it counts: what it needs is imported
    blocked = []
    for _ in range(REPEATS):
        with watching_the_loop(reader.window) as watched:
            does(reader)
            settle()
        blocked.append(watched.counting)
    assert sum(bool(stalls) for stalls in blocked) < 2, blocked
