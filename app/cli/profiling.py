"""`fovea models profile`: what each effort and precision of a model costs on this machine, and what it is worth."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from app.cli.activating import standing_at
from app.cli.interrupts import interrupted_by_ctrl_c
from app.cli.kernel_cache import say_if_compiling
from app.cli.printing import print_json, print_table
from app.cli.progress import left_text
from engine.clock import SystemClock
from engine.detect.choose import backends, working_backends
from engine.errors import UsageError
from engine.evaluate.match import HIT_IOU
from engine.evaluate.profile.make import Wanted, profile
from engine.evaluate.profile.page import HEAD, html_profile, json_of, lines_of, sentences, table_of
from engine.evaluate.profile.paper import pdf_profile
from engine.evaluate.profile.plan import Set, Step
from engine.evaluate.profile.result import Profile
from engine.evaluate.truth import read_truth
from engine.places import Home
from engine.registry.package import Package
from engine.registry.profiled import keep_timings
from engine.registry.shelf import Shelf
from engine.registry.verdicts import Verdicts


def run(arguments: Namespace, home: Home) -> int:
    """Prints a row for each way to answer; exit status 1 where it was stopped before its end."""
    wanted = _wanted(arguments)
    folder = _writable(arguments.out) if arguments.out else None
    package = _package(arguments.model, home)
    table = backends(home) if arguments.backend is None else working_backends(arguments.backend, backends(home))
    say_if_compiling()
    with interrupted_by_ctrl_c() as cancelled:
        found = profile(package, table, Verdicts(home).of, wanted, SystemClock(), on_step=_tell, cancelled=cancelled)
    print(file=sys.stderr)
    _print(found, as_json=arguments.json)
    if folder:
        _write(folder, found)
    if found.timings and arguments.threads is None:
        # With another number of threads than answers have, it would forecast what nobody does.
        keep_timings(home, package.card, found.timings)
        print("Forecasts begin with what was timed here.", file=sys.stderr)
    return int(not (found.complete and found.rows))


def _wanted(arguments: Namespace) -> Wanted:
    if (arguments.truth is None) != (arguments.images is None):
        raise UsageError(
            "US-EVALUATE", "--truth and --images only tell something together.", "Name both, or neither of them."
        )
    annotated = None
    if arguments.truth is not None:
        truth = read_truth(arguments.truth)
        hit_iou = HIT_IOU[truth.dims] if arguments.hit_iou is None else arguments.hit_iou
        annotated = Set(truth, arguments.images, hit_iou, arguments.seed)
    return Wanted(annotated, arguments.calibrate, arguments.repeats, arguments.modality, arguments.threads)


def _package(named: str, home: Home) -> Package:
    """The version that was named, else the one that answers."""
    shelf = Shelf.of(home)
    found = shelf.named(named)
    if len(found) == 1:
        return found[0]
    answering = shelf.answering(named, standing_at(home))
    if answering is not None:
        return answering
    names = ", ".join(package.card.name for package in found)
    raise UsageError("US-VERSION", f"'{named}' are {len(found)} versions: {names}.", 'Name one: "ID VERSION".')


def _writable(folder: Path) -> Path:
    """The folder, made before anything is measured: hours of work must not end at a name that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            "US-OUT", f"The report cannot be written to {folder}: {error.strerror}.", "Name another folder with --out."
        ) from error
    return folder


def _write(folder: Path, found: Profile) -> None:
    try:
        (folder / "profile.html").write_text(html_profile(found), encoding="utf-8")
        (folder / "profile.pdf").write_bytes(pdf_profile(found))
        (folder / "profile.json").write_text(json.dumps(json_of(found), indent=1, allow_nan=False) + "\n", "utf-8")
    except OSError as error:
        raise UsageError(
            "US-OUT", f"The report cannot be written to {folder}: {error.strerror}.", "Name another folder with --out."
        ) from error
    print(f"Report: {folder / 'profile.html'}", file=sys.stderr)


def _print(found: Profile, *, as_json: bool) -> None:
    if as_json:
        for line in lines_of(found):
            print_json(line)
        return
    head, rows = table_of(found)
    print(f"{found.model}\n")
    print_table(head, rows, right=(0, *range(4, len(HEAD)), *range(len(HEAD) + 1, len(head))))
    print()
    for sentence in sentences(found):
        print(sentence)
    for row in found.rows:
        if row.why_not:
            print(f"{row.name} does not answer here: {row.why_not}")
    for one in found.left_out:
        print(f"{one.name} was not measured: {one.reason}")


def _tell(step: Step) -> None:
    left = left_text(step.left_s)
    print(
        f"\r{step.done} of {step.of} answers, about {left} (Ctrl+C keeps what is measured)  ", end="", file=sys.stderr
    )
