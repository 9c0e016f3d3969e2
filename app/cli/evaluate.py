"""`fovea evaluate --truth COCO --images DIR`: measures a model against annotated images."""

from __future__ import annotations

import math
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app.cli.evaluate_more import print_more
from app.cli.interrupts import nothing_kept_by_ctrl_c
from app.cli.kernel_cache import say_if_compiling
from app.cli.printing import print_json, print_table
from app.cli.progress import Progress
from engine.clock import SystemClock
from engine.domain.model_card import ModelCard
from engine.domain.request import Request
from engine.errors import UsageError
from engine.evaluate.all_figures import Wanted, report_of
from engine.evaluate.figures import Figures
from engine.evaluate.froc import OperatingPoint
from engine.evaluate.match import HIT_IOU
from engine.evaluate.measure import Measured, measure
from engine.evaluate.operating import Requirement, keep_points, kept_points
from engine.evaluate.overall import Overall, Together, mean_ap_overlaps, overall
from engine.evaluate.paper import pdf_report
from engine.evaluate.report import LabelReport, html_report, interval_text, number_text
from engine.evaluate.subgroups import BUILT_IN
from engine.evaluate.truth import read_truth
from engine.export.finite import finite
from engine.pipeline import Bench
from engine.places import default_home
from engine.registry.shelf import Shelf
from engine.registry.trained import trained_on

NOUN = {2: "image", 3: "scan"}


def run(arguments: Namespace) -> int:
    """Prints the figures of each label; exit status 1 if an image was not answered in full."""
    truth = read_truth(arguments.truth)
    requirement = Requirement.stated(arguments.require) if arguments.require else None
    if arguments.report:
        _require_writable(arguments.report)
    home = default_home()
    hit_iou = HIT_IOU[truth.dims] if arguments.hit_iou is None else arguments.hit_iou
    say_if_compiling()
    shelf = Shelf.of(home)
    with (
        Bench.open(shelf, backend=arguments.backend, threads=arguments.threads) as bench,
        nothing_kept_by_ctrl_c() as check,
    ):
        measured = measure(
            bench,
            truth,
            arguments.images,
            request=Request(model_id=arguments.model, modality=arguments.modality, effort=arguments.effort),
            on_image=Progress(check),
        )
    print(file=sys.stderr)
    card, noun = measured.card, NOUN[truth.dims]
    wanted = Wanted(
        hit_iou=hit_iou,
        seed=arguments.seed,
        columns=arguments.by or BUILT_IN,
        requirement=requirement,
        pictures=arguments.images if arguments.report else None,
        noun=noun,
        known_trained=_known_trained(shelf, card),
        kept=kept_points(home, card),
    )
    reports = [report_of(measured, label, wanted) for label in measured.cases]
    for report in reports:
        if arguments.json:
            print_json(finite(_line(card.name, report)))
        else:
            _print(report.label, card.name, report.figures, report.with_unsure, noun)
            print_more(report, noun)
    if requirement:
        path = keep_points(home, card, [report.point for report in reports if report.point])
        print(f"The chosen points are kept in {path}", file=sys.stderr)
    together = _together(measured, hit_iou, arguments.seed)
    if together and arguments.json:
        more = {"mean_ap_overlaps": asdict(together.ap_overlaps)}
        print_json(finite({"model": card.name, "label": None, **asdict(together.figures), **more}))
    elif together:
        _print_overall(together, noun)
    if arguments.report:
        _write(arguments.report, card, arguments.effort, truth.source, reports, together)
    for reason in measured.unanswered:
        print(f"Not answered: {reason}", file=sys.stderr)
    return int(bool(measured.unanswered))


def _line(model: str, report: LabelReport) -> dict[str, object]:
    """A label as one JSON object; pictures stand in the report only."""
    more = {name: value for name, value in asdict(report).items() if name not in ("label", "figures", "plates")}
    return {"model": model, "label": report.label, **asdict(report.figures), **more}


def _known_trained(shelf: Shelf, card: ModelCard) -> bool:
    return any(trained_on(package) is not None for package in shelf.packages if package.card.hash == card.hash)


def _together(measured: Measured, hit_iou: float, seed: int) -> Together | None:
    """All labels, where there are several."""
    if len(measured.cases) == 1:
        return None
    figures = overall(measured.cases, measured.card.threshold, hit_iou=hit_iou, seed=seed)
    return Together(figures, mean_ap_overlaps(measured.cases, seed=seed))


def _write(
    path: Path,
    card: ModelCard,
    effort: str,
    source: str,
    reports: Sequence[LabelReport],
    together: Together | None,
) -> None:
    """The report in the form that the name of its file asks for."""
    at = SystemClock().now()
    if path.suffix.lower() == ".pdf":
        content = pdf_report(card, effort, source, reports, at, together)
    else:
        content = html_report(card, effort, source, reports, at, together).encode()
    begun = path.with_name(f".{path.name}.part")
    try:
        begun.write_bytes(content)
        begun.replace(path)  # whoever stops this command finds the report whole, or none
    except OSError as error:
        begun.unlink(missing_ok=True)
        raise _not_written(path, str(error.strerror)) from error
    print(f"Report: {path}", file=sys.stderr)


def _require_writable(path: Path) -> None:
    """Asked before anything is measured: hours of work must not end at a name that cannot be written."""
    if path.is_dir():
        raise _not_written(path, "it is a folder")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _not_written(path, f"there is no folder {path.parent} that you may write to")


def _not_written(path: Path, why: str) -> UsageError:
    return UsageError("US-OUT", f"The report cannot be written to {path}: {why}.", "Name a file that you may write.")


def _print(label: str, model: str, result: Figures, unsure: OperatingPoint, noun: str) -> None:
    at = result.at
    print(f"{model}, label '{label}': {at.images} {noun}s with {at.findings} findings, {at.clean} of them without any")
    print(f"95 % intervals are drawn by group ({len(result.subgroups)} groups)\n")
    print(f"AP at IoU 0.5                     {interval_text(result.ap_strict)}")
    print(f"AP at IoU {result.hit_iou:<24g}{interval_text(result.ap)}")
    print(f"At the shipped threshold {at.threshold:.3f}:")
    print(f"  sensitivity                     {interval_text(result.sensitivity)}  ({at.found} of {at.findings})")
    print(f"  {f'false regions a{_n(noun)}':<32}{interval_text(result.false_per_image)}  ({at.false_regions})")
    _print_clean(at, result.clean_marked_limit, noun)
    if unsure.threshold < at.threshold:
        print(
            f"With the unsure regions, from {unsure.threshold:.3f}: sensitivity {unsure.sensitivity:.3f} "
            f"({unsure.found} of {unsure.findings}), false regions a{_n(noun)} {unsure.false_per_image:.3f}, "
            f"{noun}s without findings marked {unsure.clean_marked} of {unsure.clean}"
        )
    _print_curve(result, noun)
    rows = [
        (
            group.name,
            str(group.at.images),
            number_text(group.ap_strict),
            number_text(group.at.sensitivity),
            number_text(group.at.false_per_image),
        )
        for group in sorted(result.subgroups, key=lambda group: _worst_first(group.at.sensitivity))
    ]
    print_table(("group", f"{noun}s", "AP50", "sensitivity", f"false a{_n(noun)}"), rows, right=range(1, 5))
    print()


def _print_overall(together: Together, noun: str) -> None:
    result, at = together.figures, together.figures.at
    print(f"All labels together, {at.images} {noun}s with {at.findings} findings")
    print(f"mAP at IoU 0.5                    {interval_text(result.mean_ap_strict)}")
    print(f"mAP at IoU 0.5:0.95               {interval_text(together.ap_overlaps)}")
    print(f"mAP at IoU {result.hit_iou:<23g}{interval_text(result.mean_ap)}")
    print(f"At the shipped threshold {at.threshold:.3f}:")
    print(f"  F score                         {interval_text(result.f_score)}")
    print(
        f"  precision                       {interval_text(result.precision)}  ({at.found + at.false_regions} regions)"
    )
    print(f"  sensitivity                     {interval_text(result.sensitivity)}  ({at.found} of {at.findings})")
    print(f"  {f'false regions a{_n(noun)}':<32}{interval_text(result.false_per_image)}  ({at.false_regions})")
    _print_clean(at, result.clean_marked_limit, noun)
    _print_curve(result, noun)


def _print_clean(at: OperatingPoint, limit: float, noun: str) -> None:
    if at.clean:
        print(
            f"  {f'{noun}s without findings marked':<32}{at.clean_marked} of {at.clean}; "
            f"with so few, the true share may be up to {limit:.1%}"
        )
    else:
        print(f"  false alarms on {noun}s without findings are not measured: the set has none")


def _print_curve(found: Figures | Overall, noun: str) -> None:
    print()
    if found.at.findings == 0:
        return
    print(f"Sensitivity at false regions a{_n(noun)} (FROC):")
    for point, sensitivity in zip(found.curve, found.curve_intervals, strict=True):
        print(f"  {point.false_per_image:.3f}: {interval_text(sensitivity)}")
    print()


def _n(noun: str) -> str:
    """The noun after `a`."""
    return f"n {noun}" if noun[0] in "aeiou" else f" {noun}"


def _worst_first(sensitivity: float) -> float:
    return 2.0 if math.isnan(sensitivity) else sensitivity
