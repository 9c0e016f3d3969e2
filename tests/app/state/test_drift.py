"""Weekly means, made ready to be drawn."""

from datetime import UTC, datetime

import pytest

from app.state.drift import week_plot

WEEKS = {"2026-W51": 0.1, "2026-W52": 0.2, "2026-W53": 0.3, "2027-W02": 0.2}


def test_weeks_stand_where_their_mondays_do_also_over_the_turn_of_a_year():
    plot = week_plot("dark", WEEKS, None)
    assert [x for x, _ in plot.points] == pytest.approx([0.0, 0.25, 0.5, 1.0])
    assert [y for _, y in plot.points] == pytest.approx([0.0, 0.5, 1.0, 0.5])
    assert (plot.low, plot.high, plot.first, plot.last, plot.newest) == ("0.1", "0.3", "2026-W51", "2027-W02", "0.2")
    assert plot.changed_x is None


def test_shares_go_from_nothing_to_all_so_that_a_small_change_looks_small():
    plot = week_plot("flagged", {"2026-W01": 0.1, "2026-W02": 0.15}, None)
    assert [y for _, y in plot.points] == pytest.approx([0.1, 0.15])
    assert (plot.low, plot.high, plot.newest) == ("0%", "100%", "15%")


def test_a_change_stands_in_the_week_in_which_it_was_noticed():
    plot = week_plot("dark", WEEKS, datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert plot.changed_x == pytest.approx(0.5)


def test_one_week_stands_in_the_middle_and_needs_no_scale():
    plot = week_plot("dark", {"2026-W01": 0.4}, None)
    assert (plot.points, plot.low, plot.high) == (((0.5, 0.5),), "", "")


def test_of_no_week_there_is_no_plot():
    assert week_plot("dark", {}, None) is None
