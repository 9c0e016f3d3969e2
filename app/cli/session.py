"""Answering paths from the command line: has the studies there answered and tells each answer as it comes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from app.cli.asking import Answer, Asking
from app.cli.interrupts import interrupted_by_ctrl_c
from app.cli.kernel_cache import say_if_compiling
from app.cli.printing import print_json, print_table, printable
from app.cli.searching import found_at
from engine.domain.outcome import Outcome
from engine.domain.request import Request
from engine.export.lines import outcome_line
from engine.operators.session import Session
from engine.places import Home
from engine.queue.feed import Feed
from engine.queue.supervise import Supervisor
from engine.queue.turn import ROUTINE, STAT
from engine.store.database import Store

_HEAD = ("study", "status", "regions", "score", "read", "prepare", "detect", "merge", "record", "total ms")
NO_MODELS = ("flips", "none")
"""What `--second` names beside models."""

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
        second: who gives a second opinion, or None for whom the site's settings name.
        stat: whether to answer these before everything else.
        out: folder for overlays, or None.
        json: a JSON object a line on stdout instead of words.
    """

    backend: str | None = None
    threads: int | None = None
    model: str | None = None
    budget_s: float | None = None
    threshold: float | None = None
    modality: str | None = None
    second: str | None = None
    stat: bool = False
    out: Path | None = None
    json: bool = False

    @property
    def request(self) -> Request:
        """What is wanted of each answer."""
        return Request(self.model, self.modality, self.threshold, budget_s=self.budget_s, second=self.second)


def answer_paths(
    paths: Sequence[Path],
    home: Home,
    options: Options,
    supervisor: Supervisor,
    as_whom: Callable[[Store], Session] | None = None,
) -> list[Answer]:
    """Has every study found at the paths answered and recorded, and tells each answer in the order of the paths.

    Args:
        paths: files and folders.
        home: where the outcomes are recorded.
        options: what a person asked for.
        supervisor: of the worker that answers.
        as_whom: see `Feed.open`.

    Raises:
        UsageError: US-ROLE where the person may not have studies answered.
        KeyboardInterrupt: a person asked to stop; what was not begun was withdrawn, what was at work is recorded as it
            stood then.
    """
    say_if_compiling()
    with (
        _drawing(options) as draw,
        Feed.open(
            home, backend=options.backend, threads=options.threads, supervisor=supervisor, as_whom=as_whom
        ) as feed,
        interrupted_by_ctrl_c() as is_stopped,
    ):
        for model_id in (options.model, options.second):
            if model_id and model_id not in NO_MODELS:
                _require_model(home, model_id)
        asking = Asking(feed, options.request, STAT if options.stat else ROUTINE)
        answers = []
        try:
            for answer in _answers(asking, paths, is_stopped):
                answers.append(_told(answer, options))
                draw(answer)
        except BaseException:
            asking.withdraw()
            raise
    return answers


def _answers(asking: Asking, paths: Sequence[Path], is_stopped: Callable[[], bool]) -> Iterator[Answer]:
    with suppress(KeyboardInterrupt):  # the search was stopped
        for found in found_at(paths, is_stopped=is_stopped):
            asking.ask(found)
            yield from asking.there()
    yield from asking.rest(is_stopped)
    if is_stopped():
        asking.withdraw()
        yield from asking.cancelled()
        raise KeyboardInterrupt


def _require_model(home: Home, model_id: str) -> None:
    """Lets a name through that a model has; another is wrong use, not a failure of each study."""
    from engine.registry.shelf import Shelf  # noqa: PLC0415  # start-up time: most runs name no model

    Shelf.of(home).named(model_id)


def _drawing(options: Options) -> AbstractContextManager[Callable[[Answer], None]]:
    """What draws the overlay of an answer."""
    if options.out is None:
        return nullcontext(lambda _: None)
    from app.cli.overlays import drawing  # noqa: PLC0415  # start-up time: most runs draw nothing

    return drawing(options.out, options.modality)


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


def _counted(outcome: Outcome) -> str:
    """How many regions, and how many of them are unsure."""
    if outcome.flagged is None:
        return "-"
    unsure = f" ({outcome.unsure_count} unsure)" if outcome.unsure_count else ""
    return f"{len(outcome.regions)}{unsure}"


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
        _counted(outcome),
        "-" if best is None else f"{best:.2f}",
        *(f"{stage:.0f}" for stage in (ms.read, ms.prepare, ms.detect, ms.merge, ms.record, ms.total)),
        outcome.model or "-",
        outcome.backend or "-",
    )
