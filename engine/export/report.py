"""A page on paper for each study: picture, places, status, doubts, model, operator and seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PIL import Image

from engine.domain.exam import Exam
from engine.domain.scan import Scan
from engine.export.burned_in import require_confirmed
from engine.export.findings import Case, Finding
from engine.export.names import Names
from engine.export.originals import head_of, loaded, person_of
from engine.export.pdf import Page
from engine.export.request import Request
from engine.intake.read import Reader

REMINDER = "Fovea is a second reader. It is not a medical device and makes no diagnosis."
MOST_ROWS = 14
"""Places in the table of the one page; the line below it counts the others."""


class Draw(Protocol):
    """Draws the places of a study on its pictures; the application's own painting is handed in."""

    def __call__(self, scan: Scan, findings: Sequence[Finding]) -> Image.Image: ...


def study_page(
    case: Case, names: Names, request: Request, read: Reader, draw: Draw, seal: Mapping[str, object]
) -> bytes:
    """One page about a case, as PDF.

    Args:
        case: what is reported.
        names: what things are called outside.
        request: whether pictures may leave.
        read: how files become scans.
        draw: how places are drawn.
        seal: the newest seal of the audit log, as it is shipped; empty while there is none.

    Raises:
        ExportError: EX-BURNED-IN, EX-ORIGINAL-GONE or EX-ORIGINAL-CHANGED.
    """
    outcome, study = case.recorded.outcome, case.recorded.study
    scan = None if study is None else loaded(study, read).scan
    if study is not None and names.deidentified:
        require_confirmed(study, head_of(study), request.burned_in_confirmed)
    page = Page("Fovea: study report")
    page.heading(f"Fovea: {outcome.reading.replace('-', ' ')}")
    page.facts(_facts(case, scan, names))
    findings = case.findings
    if findings:
        # In lines: a measure that was cut would read as another one.
        page.table(_HEAD, [_row(finding, names) for finding in findings[:MOST_ROWS]], most_lines=3)
    if len(findings) > MOST_ROWS:
        page.facts([("", f"{len(findings) - MOST_ROWS} more places are not listed here.")])
    page.facts(_seal_facts(seal))
    if scan is not None and page.left_pt > 0.0:
        page.picture(draw(scan, findings), page.left_pt)
    return page.close(REMINDER)


_HEAD = ("", "place", "score", "band", "box", "measures", "verdict", "why")


def _facts(case: Case, scan: Scan | None, names: Names) -> list[tuple[str, str]]:
    recorded, review = case.recorded, case.review
    outcome, person = recorded.outcome, person_of(recorded)
    exam = scan.exam if scan is not None else None
    facts = [
        ("source", names.of("source", Path(recorded.arrival.source).name)),
        *_exam_facts(exam, names, person),
        ("arrived", _moment(names, recorded.arrival.arrived_at, person)),
        ("status", outcome.reading),
        ("why", f"{outcome.code} {names.words(outcome.reason)}".strip()),
        ("looked at", f"{outcome.coverage:.0%}"),
        ("doubts", ", ".join(outcome.doubts) or "none"),
        ("model", f"{outcome.model}  {outcome.model_hash[:16]}".strip()),
        ("run time", f"{outcome.backend}, effort {outcome.effort}" if outcome.backend else ""),
        ("time", f"{outcome.ms.total / 1000:.2f} s" + _of_budget(outcome.budget_s)),
    ]
    if review is None:
        facts.append(("review", "none is signed"))
    else:
        verdict = review.verdict.value if review.verdict else "no verdict"
        signed = _moment(names, review.signed_at, person)
        who = names.of("operator", review.operator)
        facts.append(("review", f"{verdict}, by {who}, signed {signed}, version {review.version}"))
        facts.append(("comment", names.words(review.comment)))
    return [(name, value) for name, value in facts if value]


def _exam_facts(exam: Exam | None, names: Names, person: str) -> list[tuple[str, str]]:
    if exam is None:
        return []
    if names.deidentified:
        return [("patient", names.of("patient", person))]
    patient, day = exam.patient, exam.study_date
    who = (patient.name, patient.id, f"born {patient.birth_date.isoformat()}" if patient.birth_date else "")
    what = (day.isoformat() if day else "", exam.accession_number, exam.study_description)
    return [("patient", "  ·  ".join(filter(None, who))), ("exam", "  ·  ".join(filter(None, what)))]


def _row(finding: Finding, names: Names) -> tuple[str, ...]:
    box = finding.box_vox or finding.box_px or ()
    return (
        str(finding.number),
        finding.label,
        "" if finding.score is None else f"{finding.score:.2f}",
        finding.band or "",
        " ".join(f"{face:.1f}" for face in box),
        ", ".join(f"{measure.name} {measure.value:.1f} {measure.unit}" for measure in finding.measures[:2]),
        finding.verdict.value if finding.verdict else "-",
        names.words(finding.reason),
    )


def _seal_facts(seal: Mapping[str, object]) -> list[tuple[str, str]]:
    """Which seal, over how many entries, and the beginning of the digest that ends them."""
    if not seal:
        return [("seal", "the audit log has none yet")]
    return [("seal", f"{seal['number']}  ·  {seal['count']} entries  ·  {str(seal['head'])[:32]}")]


def _moment(names: Names, moment: datetime | None, person: str) -> str:
    moved = names.moved(moment, person)
    return f"{moved:%Y-%m-%d %H:%M:%S} UTC" if moved else ""


def _of_budget(budget_s: float | None) -> str:
    return "" if budget_s is None else f" of {budget_s:g} s"
