"""What `fovea review` tells programs, a JSON object a line; people count regions from 1, and so do these."""

from __future__ import annotations

from typing import Any

from engine.domain.review import RegionReview
from engine.export.findings import Finding, findings_of
from engine.export.lines import opinion_line
from engine.store.reviews import KeptReview
from engine.store.viewing import Opened
from engine.store.worklist_line import Line


def study_line(line: Line) -> dict[str, Any]:
    """A line of the worklist."""
    return {
        "arrival": line.arrival_id,
        "answered_at": line.recorded_at.isoformat(),
        "source": line.source,
        "modality": line.modality,
        "status": line.status.value,
        "flagged": line.flagged,
        "regions": line.region_count,
        "best_score": line.best_score,
        "model": line.model,
        "review": line.reviewed or None,
    }


def outcome_lines(study: Opened) -> dict[str, Any]:
    """A study with its regions, as the newest version of its review leaves them."""
    recorded = study.recorded
    return {
        "arrival": recorded.arrival.id,
        "attempt": recorded.outcome.attempt,
        "source": recorded.arrival.source,
        "status": recorded.outcome.status.value,
        "flagged": recorded.outcome.flagged,
        "model": recorded.outcome.model,
        "regions": [_finding_line(finding) for finding in findings_of(recorded.outcome, study.review)],
        "second": None if recorded.outcome.opinion is None else opinion_line(recorded.outcome.opinion),
    }


def decided_line(kept: KeptReview) -> dict[str, Any]:
    """A version of a review."""
    review = kept.review
    return {
        "arrival": review.arrival_id,
        "attempt": review.attempt,
        "version": review.version,
        "operator": review.operator,
        "verdict": review.verdict.value if review.verdict else None,
        "comment": review.comment,
        "reason": review.reason,
        "recorded_at": kept.recorded_at.isoformat(),
        "signed_at": review.signed_at.isoformat() if review.signed_at else None,
        "decisions": [_decision_line(decision) for decision in review.regions],
    }


def _finding_line(finding: Finding) -> dict[str, Any]:
    return {
        "region": finding.number,
        "label": finding.label,
        "score": None if finding.score is None else round(finding.score, 4),
        "box": [round(face, 1) for face in finding.box_vox or finding.box_px or ()],
        "decision": finding.verdict.value if finding.verdict else None,
        "reason": finding.reason,
    }


def _decision_line(decision: RegionReview) -> dict[str, Any]:
    return {
        "region": None if decision.region is None else decision.region + 1,
        "decision": decision.verdict.value,
        "label": decision.mark.label if decision.mark else None,
        "box": list(decision.mark.box_vox or decision.mark.box_px or ()) if decision.mark else None,
        "reason": decision.reason,
    }
