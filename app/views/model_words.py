"""What the models page says of a version, as lines and facts: state, import, gate, shadow and changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.jobs.installed import Installed
from app.model_place import Place
from app.sentences.told import said
from app.state.status import Shape, Sign
from app.state.words import later
from app.tables.lines import TextLine
from app.text import tr
from engine.domain.activation import BY_ITSELF, Cause, GateLine, ModelChange
from engine.domain.model_card import ModelCard

if TYPE_CHECKING:
    from engine.evaluate.beside import Comparison
    from engine.evaluate.sequential import Sequential
    from engine.registry.imports import Step

PLACES = {
    Place.ACTIVE: later("active"),
    Place.USABLE: later("usable"),
    Place.SHADOW: later("shadow"),
    Place.SILENT: later("not active"),
}
CAUSES = {
    Cause.IMPORTED: later("imported"),
    Cause.ACTIVATED: later("activated"),
    Cause.OVERRIDDEN: later("activated against the gate"),
    Cause.ROLLED_BACK: later("rolled back"),
    Cause.FAILURES: later("taken back: failures"),
    Cause.PARITY: later("taken back: parity"),
    Cause.SELF_TEST: later("taken back: self-test"),
    Cause.SHADOWED: later("shadow started"),
    Cause.ENDED: later("shadow ended"),
}
ANSWERS = Sign(later("answers"), Shape.RING, "clear")
SHADOW = Sign(later("shadow"), Shape.HALF, "running")
SILENT = Sign(later("not active"), Shape.DOTS, "waiting")
WARNING = Sign(later("to be looked at"), Shape.TRIANGLE, "refused")
NOT_USABLE = Sign(later("not usable"), Shape.CROSS, "failed")

Note = tuple[Sign, str]
"""One sentence about a version, with the shape before it."""


def line_of(each: Installed) -> TextLine:
    """A version in the list."""
    name, version = (each.card.id, each.card.version) if each.card else (each.path.name, "")
    return TextLine((name, version, state_of(each)), each, each.why or str(each.path))


def state_of(each: Installed) -> str:
    """What becomes of a version, in a word or two."""
    if each.place is None:
        return each.code
    place = tr(PLACES[each.place])
    return f"{place}, {tr('unsigned')}" if each.unsigned else place


def notes_of(each: Installed) -> list[Note]:
    """What is to be known of a version before anything else."""
    if each.place is None:
        return [(NOT_USABLE, f"{each.code}: {said(each.code, each.why)}")]
    notes = [_note_of_place(each)]
    if each.unsigned:
        notes.append((WARNING, tr("Unsigned: %1").replace("%1", each.unsigned)))
    newest = next((one for one in each.changes if one.cause not in _ASIDE), None)
    if newest is not None and newest.cause is Cause.OVERRIDDEN and each.place is Place.ACTIVE:
        words = tr("It answers although the gate refuses it, on the word of %1: %2 Failing: %3")
        words = words.replace("%1", newest.operator).replace("%2", _sentence(newest.reason))
        notes.append((WARNING, words.replace("%3", ", ".join(line.name for line in newest.failed))))
    if newest is not None and newest.cause in BY_ITSELF:
        left = newest.previous.version if newest.previous else ""
        words = tr("%1 was taken back by the program: %2").replace("%1", left).replace("%2", newest.reason)
        notes.append((WARNING, words))
    return notes


def facts_of(each: Installed) -> list[tuple[str, str]]:
    """What a version was made for."""
    facts = [(tr("Folder"), str(each.path))]
    if each.card is None:
        return [*facts, (tr("Refused"), each.code)]
    card, domain = each.card, each.card.domain
    low, high = domain.size_px
    thresholds = tr("sure from %1, unsure from %2")
    return [
        *facts,
        (tr("Labels"), ", ".join(card.labels)),
        (
            tr("Thresholds"),
            thresholds.replace("%1", f"{card.threshold:g}").replace("%2", f"{card.unsure_threshold:g}"),
        ),
        (tr("Made for"), f"{', '.join(domain.kinds)}; {', '.join(domain.modalities)}; {low:,} - {high:,} px"),
        (tr("Efforts"), ", ".join(effort.name for effort in card.efforts)),
        (tr("Licence"), card.licence),
        (tr("Hash"), card.hash[:16]),
    ]


def figures_of(card: ModelCard) -> list[TextLine]:
    """Those of the full effort first, as the card was accepted with them."""
    full = [TextLine((name, f"{value:.4g}", "full")) for name, value in card.acceptance.items()]
    others = [
        TextLine((name, f"{value:.4g}", effort.name))
        for effort in card.efforts
        if effort.name != "full"
        for name, value in effort.figures.items()
    ]
    return full + others


def step_lines(steps: Sequence[Step]) -> list[TextLine]:
    """The steps of an import."""
    return [TextLine((_passed(step.passed), step.name, _with_code(step))) for step in steps]


def gate_lines(lines: Sequence[GateLine]) -> list[TextLine]:
    """The lines of the gate, those that fail first."""
    ordered = sorted(lines, key=lambda line: line.passed)
    return [TextLine((_passed(line.passed), line.name, line.found)) for line in ordered]


def change_lines(changes: Sequence[ModelChange]) -> list[TextLine]:
    """The changes of a model, newest first."""
    return [
        TextLine(
            (
                f"{one.at.astimezone():%Y-%m-%d %H:%M}",
                tr(CAUSES[one.cause]),
                one.release.version,
                one.operator,
                one.reason,
            )
        )
        for one in changes
    ]


def comparison_facts(found: Comparison) -> list[tuple[str, str]]:
    """How a shadow compares with the version that answers."""
    agreement = "-" if math.isnan(found.agreement) else f"{found.agreement:.1%} ({found.alike:,} / {found.studies:,})"
    return [
        (tr("Studies that both answered"), f"{found.studies:,}"),
        (tr("Both say the same"), agreement),
        (tr("Regions that both found"), f"{found.shared:,}"),
        (tr("Only the version that answers"), _by_band(found.only_active, found.unsure_active)),
        (tr("Only the shadow"), _by_band(found.only_shadow, found.unsure_shadow)),
        (tr("Of them reviewed and signed"), f"{found.reviewed:,}"),
        (tr("Findings: more found by the shadow"), _told(found.findings)),
        (tr("False regions: fewer by the shadow"), _told(found.false_regions)),
    ]


_ASIDE = frozenset({Cause.IMPORTED, Cause.SHADOWED, Cause.ENDED})


def _note_of_place(each: Installed) -> Note:
    answers = tr("%1 answers now.").replace("%1", each.answering) if each.answering else ""
    match each.place:
        case Place.ACTIVE:
            return ANSWERS, tr("This version answers.")
        case Place.USABLE if each.answering:
            return ANSWERS, tr("This version answers; none was ever activated.")
        case Place.USABLE:
            return SILENT, tr("Several versions may answer, so none does unless it is named: activate one.")
        case Place.SHADOW:
            return SHADOW, " ".join((tr("Answers as a shadow, in spare time, and no reader sees it."), answers)).strip()
        case _:
            return SILENT, " ".join((tr("Answers nothing until it is activated."), answers)).strip()


def _told(test: Sequential) -> str:
    """`5 better, 1 worse: not enough seen (3.2 of 40)`."""
    counts = tr("%1 better, %2 worse").replace("%1", f"{test.better:,}").replace("%2", f"{test.worse:,}")
    return f"{counts}: {_word(test)}"


def _word(test: Sequential) -> str:
    from engine.evaluate.sequential import ENOUGH  # noqa: PLC0415 -- start-up time: needed once a shadow is shown

    if test.word != "not enough seen":
        return tr("it is better, enough was seen") if test.word == "better" else tr("it is worse, enough was seen")
    leads = max(test.wealth, test.wealth_against)
    return tr("not enough seen (%1 of %2)").replace("%1", f"{leads:.1f}").replace("%2", f"{ENOUGH:g}")


def _passed(passed: bool) -> str:
    return tr("passed") if passed else tr("FAILED")


def _with_code(step: Step) -> str:
    return f"{step.code}: {said(step.code, step.found)}" if step.code else step.found


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _by_band(regions: int, unsure: int) -> str:
    return tr("%1 sure, %2 unsure").replace("%1", f"{regions - unsure:,}").replace("%2", f"{unsure:,}")
