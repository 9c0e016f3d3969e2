"""Tab goes over each page as a person reads it: along a row, then down, one column after the other."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt

from app.state.pages import Page

BESIDE_PX = 12
"""So much two that stand side by side may differ in height."""


def in_order_of_tab(window, page):
    """What Tab comes to within the page, with its place in the window."""
    found, widget = [], window.nextInFocusChain()
    while widget is not window:
        takes = widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and page.isAncestorOf(widget):
            found.append((widget, QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())))
        widget = widget.nextInFocusChain()
    return found


def jumps_back(first, second):
    """Whether a person who reads would have met the second one before."""
    above = second.bottom() < first.top() + BESIDE_PX
    before = second.right() < first.left()
    beside = abs(second.top() - first.top()) <= BESIDE_PX
    return (above and second.left() <= first.right()) or (before and beside)


def wrong_steps(window, page):
    return [
        f"{type(first).__name__} {first.accessibleName()} -> {type(second).__name__} {second.accessibleName()}"
        for (first, at), (second, then) in pairwise(in_order_of_tab(window, page))
        if jumps_back(at, then)
    ]


def test_tab_goes_over_each_page_in_the_order_in_which_it_is_read(quiet_bench):
    window = quiet_bench.window
    for page in Page:
        quiet_bench.desktop.parts.pages.show(page)
        shown = window.pages.currentWidget()
        quiet_bench.qtbot.waitUntil(lambda shown=shown: not getattr(shown, "is_reading", False), timeout=60_000)
        assert len(in_order_of_tab(window, shown)) > 2, page
        assert wrong_steps(window, shown) == [], page
    for section in range(shown.list.count()):
        shown.show_section(section)
        assert wrong_steps(window, shown) == [], section


def test_tab_goes_over_a_study_with_regions_in_the_order_in_which_it_is_read(bench, photograph):
    bench.open_flagged(photograph)
    shown = bench.window.pages.currentWidget()
    assert len(in_order_of_tab(bench.window, shown)) > 3
    assert wrong_steps(bench.window, shown) == []
