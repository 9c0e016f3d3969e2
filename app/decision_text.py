"""What people decided, in words."""

from __future__ import annotations

from app.text import tr
from engine.domain.review import RegionVerdict, Verdict


def decision_named(decided: RegionVerdict | None) -> str:
    """What a person said of a region, in a word."""
    match decided:
        case RegionVerdict.CONFIRMED:
            return tr("confirmed")
        case RegionVerdict.REJECTED:
            return tr("rejected")
        case RegionVerdict.CHANGED:
            return tr("changed")
        case RegionVerdict.ADDED:
            return tr("added")
        case None:
            return tr("undecided")


def verdict_named(verdict: Verdict) -> str:
    """What a person says of the whole, as a button reads."""
    match verdict:
        case Verdict.ACCEPT:
            return tr("Accept")
        case Verdict.WARN:
            return tr("Warn")
        case Verdict.REJECT:
            return tr("Reject")
        case Verdict.AGREE:
            return tr("Agree")
        case Verdict.DISAGREE:
            return tr("Disagree")
