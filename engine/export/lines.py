"""An outcome as one JSON object: the line that `fovea run --json` prints and `fovea export outcomes` repeats."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome
from engine.domain.region import Region
from engine.domain.study import Study


def outcome_line(source: str, study: Study | None, outcome: Outcome) -> dict[str, Any]:
    """The fields of one answer, in the order of the manual; a repetition, and a second opinion, are a field more.

    Args:
        source: the path as given or found.
        study: None where nothing could be read.
        outcome: the answer.
    """
    line = {
        "study": study.content_hash if study else "",
        "source": source,
        "status": outcome.status.value,
        "flagged": outcome.flagged,
        "reason": outcome.reason,
        "code": outcome.code,
        "coverage": outcome.coverage,
        "regions": [region_line(region) for region in outcome.regions],
        "doubts": list(outcome.doubts),
        "model": outcome.model,
        "backend": outcome.backend,
        "effort": outcome.effort,
        "ms": {stage: round(ms, 3) for stage, ms in asdict(outcome.ms).items()},
        "budget_s": outcome.budget_s,
    }
    if outcome.reused_from is not None:
        line["reused_from"] = outcome.reused_from
    if outcome.opinion is not None:
        line["second"] = opinion_line(outcome.opinion)
    return line


def opinion_line(opinion: Opinion) -> dict[str, Any]:
    """The fields of a second opinion."""
    return {
        "by": opinion.by,
        "name": opinion.name,
        "hash": opinion.hash,
        "backend": opinion.backend,
        "code": opinion.code,
        "coverage": opinion.coverage,
        "look_ms": round(opinion.look_ms, 3),
        "regions": [region_line(region) for region in opinion.regions],
        "missing": list(opinion.missing),
        "alone": list(opinion.alone),
        "differs": opinion.differs,
    }


def region_line(region: Region) -> dict[str, Any]:
    """The fields of one region; those of a volume also name the stored images that it touches, and its measures."""
    line: dict[str, Any] = {"label": region.label, "score": region.score, "band": region.band}
    if region.box_px is not None:
        line["box_px"] = list(region.box_px)
    if region.box_vox is not None:
        line["box_vox"] = list(region.box_vox)
    if region.center_mm is not None:
        line["center_mm"] = list(region.center_mm)
    if region.box_vox is not None:
        line["instances"] = [asdict(instance) | {"box_px": list(instance.box_px)} for instance in region.instances]
        line["measures"] = [asdict(measure) for measure in region.measures]
    return line
