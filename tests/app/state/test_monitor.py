"""The figures of the monitor, by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from app.state.monitor import By, figures_of, reasons_of
from engine.domain.outcome import Status
from engine.store.tally import Measured

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def measured(number, **changes):
    """The answer to the part of that number, a minute later each."""
    facts = {
        "recorded_at": NOON + timedelta(minutes=number),
        "source": f"/in/line 1/{number}.png",
        "status": Status.ANSWERED,
        "flagged": False,
        "code": "",
        "model": "pits 1.0.0",
        "backend": "onnx",
        "took_s": float(number),
        "budget_s": None,
        "late_s": None,
        "confirmed": 0,
        "rejected": 0,
    }
    return Measured(**facts | changes)


def test_figures_of_one_group_are_as_by_hand():
    answers = [
        measured(1, flagged=True, confirmed=2, rejected=1, late_s=-3.0),
        measured(2, late_s=0.5),
        measured(3, status=Status.REFUSED, flagged=None, code="IN-EMPTY"),
        measured(4, flagged=True, confirmed=1, budget_s=5.0),
    ]
    (figures,) = figures_of(answers, By.MODEL)
    assert (figures.answers, figures.not_answered) == (4, 1)
    assert figures.flagged_share == pytest.approx(2 / 3)
    assert figures.confirmed_share == pytest.approx(3 / 4)
    assert figures.kept_share == pytest.approx(2 / 3)  # early, late, within its budget
    assert (figures.median_s, figures.late_s) == (2.0, 4.0)


def test_what_was_never_judged_or_due_has_no_share():
    (figures,) = figures_of([measured(1)], By.MODEL)
    assert (figures.confirmed_share, figures.kept_share) == (None, None)


def test_deadline_counts_before_a_budget():
    (figures,) = figures_of([measured(9, budget_s=1.0, late_s=-1.0)], By.MODEL)
    assert figures.kept_share == 1.0


def test_groups_come_as_their_newest_answer_does():
    answers = [measured(5, source="/b/1.png"), measured(4, source="/a/1.png"), measured(3, source="/b/2.png")]
    assert [(each.group, each.answers) for each in figures_of(answers, By.SOURCE)] == [("/b", 2), ("/a", 1)]


def test_days_begin_where_the_person_is():
    late = measured(0, recorded_at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    early = measured(0, recorded_at=datetime(2026, 2, 1, 0, 30, tzinfo=UTC))
    assert [each.group for each in figures_of([early, late], By.DAY, UTC)] == ["2026-02-01", "2026-01-31"]


def test_commonest_reason_comes_first_with_its_newest_study():
    answers = [measured(n, code=code) for n, code in ((9, "IN-EMPTY"), (8, "BU-TIME"), (7, "BU-TIME"), (6, ""))]
    found = [(reason.code, reason.count, reason.newest) for reason in reasons_of(answers)]
    assert found == [("BU-TIME", 2, "/in/line 1/8.png"), ("IN-EMPTY", 1, "/in/line 1/9.png")]
