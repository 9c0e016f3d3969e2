"""How an answer came to be: model, run time, share looked at, time by stage, doubts."""

from __future__ import annotations

from app.sentences.doubts import doubts_in_words
from app.state.session import StudyRow
from app.text import runtime_named, tr
from app.views.fact_table import FactTable
from engine.domain.outcome import Outcome


class AnswerFacts(FactTable):
    """Empty and hidden while there is no answer."""

    def show_row(self, row: StudyRow | None) -> None:
        """Shows the facts of another answer."""
        outcome = row.outcome if row is not None else None
        self.show_facts([] if outcome is None else _facts(outcome))


def _facts(outcome: Outcome) -> list[tuple[str, str]]:
    """Names and values; what did not happen is left out."""
    ms = outcome.ms
    stages = [
        f"{name} {_took(took)}"
        for name, took in ((tr("read"), ms.read), (tr("prepare"), ms.prepare), (tr("detect"), ms.detect))
        if took >= 0.5
    ]
    facts = [
        (tr("Model"), outcome.model),
        (tr("Ran on"), runtime_named(outcome.backend)),
        (tr("Looked at"), tr("%1 of the scan").replace("%1", f"{outcome.coverage:.0%}")),
        (tr("Time"), _took(ms.total) + (f" ({', '.join(stages)})" if stages else "")),
        (tr("Doubts"), doubts_in_words(outcome.doubts)),
        (tr("Repeats"), outcome.reused_from or ""),
    ]
    return [(name, value) for name, value in facts if value]


def _took(ms: float) -> str:
    """`380 ms`, and above ten seconds `12.7 s`."""
    return f"{ms:,.0f} ms" if ms < 10_000.0 else f"{ms / 1000.0:,.1f} s"
