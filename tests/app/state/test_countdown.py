"""Deadlines as they are shown."""

from datetime import UTC, datetime, timedelta

import pytest

from app.state.countdown import Countdown, Haste, countdown, span

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def at(seconds):
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("now", "haste", "seconds", "share"),
    [
        (0, Haste.CALM, 400, 1.0),
        (250, Haste.CALM, 150, 0.375),
        (301, Haste.SOON, 99, 0.2475),  # under a quarter of the time
        (345, Haste.SOON, 55, 0.1375),
        (400, Haste.LATE, 0, 0.0),
        (460, Haste.LATE, 60, 0.0),
    ],
)
def test_what_waits_counts_down(now, haste, seconds, share):
    assert countdown(NOON, at(400), at(now)) == Countdown(haste, seconds, pytest.approx(share))


def test_short_deadline_is_soon_from_the_first_second():
    assert countdown(NOON, at(10), NOON).haste is Haste.SOON


def test_answer_kept_or_missed_it_whatever_the_time_is_now():
    assert countdown(NOON, at(10), at(9999), answered_at=at(10)).haste is Haste.KEPT
    assert countdown(NOON, at(10), at(0), answered_at=at(14)) == Countdown(Haste.MISSED, 4.0)


def test_without_a_deadline_there_is_none():
    assert countdown(NOON, None, at(5)) == Countdown(Haste.NONE)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (59.9, "59 s"), (60, "1:00 min"), (3599, "59:59 min"), (3660, "1:01 h"), (180000, "2 d")],
)
def test_stretch_of_time_has_two_figures(seconds, said):
    assert span(seconds) == said
