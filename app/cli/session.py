"""Answering paths from the command line: opens the engine on a home and tells each answer as it comes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.cli.kernel_cache import say_if_compiling
from app.cli.overlays import OverlayFolder
from app.cli.printing import print_json, print_table, printable
from app.cli.searching import found_at
from engine.budget import Budget
from engine.export.lines import outcome_line
from engine.intake.isolated.line import Line
from engine.intake.isolated.pool import Decoders
from engine.pipeline import Answer, Workbench
from engine.places import Home

_HEAD = ("study", "status", "regions", "score", "read", "prepare", "detect", "merge", "record", "total ms")
_HEAD_OF_RUNTIME = ("model", "runtime")


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked of a run.

    Args:
        backend: run time, or None for the best that works here.
        threads: CPU threads, or None for all.
        model: model id, or None for the one that fits.
        budget_s: seconds a study, or None without a limit.
        threshold: score from which a region is flagged, or None for the model's own.
        modality: of volumes and DICOM files that name none, or None.
        out: folder for overlays, or None.
        json: a JSON object a line on stdout instead of words.
    """

    backend: str | None = None
    threads: int | None = None
    model: str | None = None
    budget_s: float | None = None
    threshold: float | None = None
    modality: str | None = None
    out: Path | None = None
    json: bool = False


def answer_paths(paths: Sequence[Path], home: Home, options: Options, line: Line) -> list[Answer]:
    """Answers and records every study found at the paths, and tells each at once.

    Args:
        paths: files and folders.
        home: where the outcomes are recorded.
        options: what a person asked for.
        line: the processes that decode.

    Returns:
        The answers without their scans, which a long run could not keep.
    """
    say_if_compiling()
    return [_told(answer, options) for answer in _answers(paths, home, options, line)]


def _answers(paths: Sequence[Path], home: Home, options: Options, line: Line) -> Iterator[Answer]:
    overlays = OverlayFolder(options.out) if options.out else None
    read = Decoders(line).read_study
    with Workbench.open(home, backend=options.backend, threads=options.threads, read=read) as workbench:
        if options.model:
            workbench.bench.shelf.named(
                options.model
            )  # a name that no model has is wrong use, not a failure of each study
        for found in found_at(paths):
            budget = Budget(options.budget_s) if options.budget_s else None
            answer = workbench.answer(
                found,
                model_id=options.model,
                budget=budget,
                threshold=options.threshold,
                modality=options.modality,
            )
            if overlays:
                overlays.draw(answer)
            yield replace(answer, scan=None)
        for model, passed_over in workbench.bench.passed_over.items():
            for one in passed_over:
                print(f"{model} was not answered by {printable(str(one))}", file=sys.stderr)


def _told(answer: Answer, options: Options) -> Answer:
    if options.json:
        print_json(outcome_line(answer.source, answer.study, answer.outcome))
    else:
        print(f"{printable(answer.source)}: {answer.outcome.reading}", file=sys.stderr, flush=True)
    return answer


def print_answers(answers: Sequence[Answer]) -> None:
    """The table of a run, and below it why studies were not answered in full."""
    if not answers:
        print("No study was found.")
        return
    print()
    print_table(_HEAD + _HEAD_OF_RUNTIME, [_row(answer) for answer in answers], right=range(2, len(_HEAD)))
    unanswered = [answer for answer in answers if answer.outcome.code]
    if unanswered:
        print("\nNot answered in full:")
    for answer in unanswered:
        print(f"  {printable(Path(answer.source).name)}: {answer.outcome.code}: {printable(answer.outcome.reason)}")


def exit_status(answers: Sequence[Answer]) -> int:
    """0 if every study was answered in full, 1 otherwise."""
    return int(any(answer.outcome.code for answer in answers))


def _row(answer: Answer) -> tuple[str, ...]:
    outcome = answer.outcome
    ms = outcome.ms
    best = max((region.score for region in outcome.regions), default=None)
    return (
        Path(answer.source).name,
        outcome.reading,
        "-" if outcome.flagged is None else str(len(outcome.regions)),
        "-" if best is None else f"{best:.2f}",
        *(f"{stage:.0f}" for stage in (ms.read, ms.prepare, ms.detect, ms.merge, ms.record, ms.total)),
        outcome.model or "-",
        outcome.backend or "-",
    )
