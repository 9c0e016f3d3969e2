"""One, two or three pictures."""

import pytest

from app.state.arrangement import Arrangement
from app.views.sight_board import SightBoard


@pytest.fixture
def board(shown):
    return shown(SightBoard(), (900, 600))


def seen(board):
    return [pane.isVisible() for pane in board.panes]


def test_so_many_pictures_are_seen_as_were_asked_for(board):
    assert seen(board) == [True, False, False]
    board.arrange(Arrangement.TWO)
    assert seen(board) == [True, True, False]
    board.arrange(Arrangement.THREE)
    assert seen(board) == [True, True, True]
    board.arrange(Arrangement.ONE)
    assert seen(board) == [True, False, False]


def test_two_pictures_are_equally_wide(board, qtbot):
    board.arrange(Arrangement.TWO)
    qtbot.waitUntil(lambda: abs(board.panes[0].width() - board.panes[1].width()) <= 1)


def test_small_planes_stand_beside_the_large_one_or_below_it_where_it_is_narrow(board, qtbot):
    board.arrange(Arrangement.THREE)
    qtbot.waitUntil(lambda: board.panes[1].x() > board.panes[0].x())
    assert board.panes[0].width() > board.panes[1].width()
    board.resize(500, 700)
    qtbot.waitUntil(lambda: board.panes[1].y() > board.panes[0].y())
    assert board.panes[2].x() > board.panes[1].x()


def test_commands_are_for_the_picture_that_had_the_focus_last(board, qtbot):
    board.arrange(Arrangement.THREE)
    board.activateWindow()
    second = board.views[1]
    with qtbot.waitSignal(board.activated):
        second.setFocus()
    assert board.active is second
    board.arrange(Arrangement.ONE)
    assert board.active is board.views[0]
