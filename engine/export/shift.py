"""A shift on one page: how much was answered, flagged and accepted, and how long it took against its budget."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.audit.log import Json
from engine.domain.outcome import Status
from engine.domain.review import Verdict
from engine.export.findings import Case
from engine.export.pdf import Page
from engine.export.report import REMINDER


def facts_of(case: Case) -> dict[str, Json]:
    """What the summary needs of one case; nothing of it names anybody."""
    outcome, review = case.recorded.outcome, case.review
    return {
        "status": outcome.status.value,
        "flagged": outcome.flagged,
        "model": outcome.model,
        "total_ms": outcome.ms.total,
        "budget_s": outcome.budget_s,
        "verdict": review.verdict.value if review and review.verdict else None,
        "decisions": [decision.verdict.value for decision in review.regions] if review else [],
    }


def shift_facts(cases: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The figures of a shift, each with what it is a share of; what nothing is known of is left out."""
    looked = [case for case in cases if case["flagged"] is not None]
    judged = [case for case in cases if case["verdict"]]
    parts = [case for case in judged if case["verdict"] in (Verdict.ACCEPT, Verdict.WARN, Verdict.REJECT)]
    timed = [case for case in looked if case["budget_s"]]
    seconds = sorted(case["total_ms"] / 1000.0 for case in looked)
    facts = [
        ("studies", str(len(cases))),
        *((f"  {status.value}", str(count)) for status, count in _by_status(cases) if count),
        ("flag rate", _share([case for case in looked if case["flagged"]], looked, "looked at")),
        ("reviewed and signed", _share(judged, cases, "studies")),
        ("yield", _share([case for case in parts if case["verdict"] == Verdict.ACCEPT], parts, "parts judged")),
        ("latency", _latency(seconds)),
        (
            "within budget",
            _share([case for case in timed if case["total_ms"] <= case["budget_s"] * 1000.0], timed, "with a budget"),
        ),
    ]
    decided = Counter(verdict for case in cases for verdict in case["decisions"])
    facts += [(f"places {verdict}", str(count)) for verdict, count in sorted(decided.items())]
    return [(name, value) for name, value in facts if value]


def shift_page(cases: Sequence[Mapping[str, Any]], since: datetime | None, until: datetime) -> bytes:
    """The summary of a shift, as PDF."""
    page = Page("Fovea: shift summary")
    page.heading("Shift summary")
    start = f"{since:%Y-%m-%d %H:%M} UTC" if since else "the first record"
    page.facts([("from", start), ("to", f"{until:%Y-%m-%d %H:%M} UTC")])
    page.facts(shift_facts(cases))
    models = sorted({case["model"] for case in cases if case["model"]})
    if models:
        rows = [_model_row(model, [case for case in cases if case["model"] == model]) for model in models]
        page.table(("model", "studies", "flagged", "median s", "95th percentile s"), rows)
    return page.close(REMINDER)


def _by_status(cases: Iterable[Mapping[str, Any]]) -> list[tuple[Status, int]]:
    counted = Counter(case["status"] for case in cases)
    return [(status, counted[status.value]) for status in Status]


def _model_row(model: str, cases: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    seconds = sorted(case["total_ms"] / 1000.0 for case in cases)
    flagged = sum(bool(case["flagged"]) for case in cases)
    return model, str(len(cases)), str(flagged), f"{statistics.median(seconds):.2f}", f"{_rank(seconds, 0.95):.2f}"


def _latency(seconds: Sequence[float]) -> str:
    if not seconds:
        return ""
    median = statistics.median(seconds)
    return f"median {median:.2f} s, 95th percentile {_rank(seconds, 0.95):.2f} s, longest {seconds[-1]:.2f} s"


def _rank(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed."""
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def _share(some: Sequence[object], of: Sequence[object], what: str) -> str:
    return f"{len(some) / len(of):.1%} ({len(some)} of {len(of)} {what})" if of else ""
