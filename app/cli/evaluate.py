"""`fovea evaluate --truth COCO --images DIR`: measures a model against annotated images."""

from __future__ import annotations

import math
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict

from app.cli.kernel_cache import say_if_compiling
from app.cli.printing import print_json, print_table
from engine.domain.request import Request
from engine.evaluate.figures import Figures, figures
from engine.evaluate.froc import OperatingPoint, at_threshold
from engine.evaluate.interval import Interval
from engine.evaluate.match import HIT_IOU, match_all
from engine.evaluate.measure import measure
from engine.evaluate.overall import Overall, overall
from engine.evaluate.truth import read_truth
from engine.export.finite import finite
from engine.pipeline import Bench
from engine.places import default_home
from engine.registry.shelf import Shelf

NOUN = {2: "image", 3: "scan"}


def run(arguments: Namespace) -> int:
    """Prints the figures of each label; exit status 1 if an image was not answered in full."""
    truth = read_truth(arguments.truth)
    hit_iou = HIT_IOU[truth.dims] if arguments.hit_iou is None else arguments.hit_iou
    say_if_compiling()
    shelf = Shelf.of(default_home())
    with Bench.open(shelf, backend=arguments.backend, threads=arguments.threads) as bench:
        measured = measure(
            bench,
            truth,
            arguments.images,
            request=Request(model_id=arguments.model, modality=arguments.modality, effort=arguments.effort),
            on_image=_tell,
        )
    print(file=sys.stderr)
    card, noun = measured.card, NOUN[truth.dims]
    for label, cases in measured.cases.items():
        result = figures(cases, card.threshold, hit_iou=hit_iou, seed=arguments.seed)
        unsure = at_threshold(match_all(cases, hit_iou), card.unsure_threshold)
        if arguments.json:
            line = {"model": card.name, "label": label, **asdict(result), "with_unsure": asdict(unsure)}
            print_json(finite(line))
        else:
            _print(label, card.name, result, unsure, noun)
    if len(measured.cases) > 1:
        together = overall(measured.cases, card.threshold, hit_iou=hit_iou, seed=arguments.seed)
        if arguments.json:
            print_json(finite({"model": card.name, "label": None, **asdict(together)}))
        else:
            _print_overall(together, noun)
    for reason in measured.unanswered:
        print(f"Not answered: {reason}", file=sys.stderr)
    return int(bool(measured.unanswered))


def _tell(done: int, of: int) -> None:
    print(f"\r{done} of {of} images", end="", file=sys.stderr, flush=True)


def _print(label: str, model: str, result: Figures, unsure: OperatingPoint, noun: str) -> None:
    at = result.at
    print(f"{model}, label '{label}': {at.images} {noun}s with {at.findings} findings, {at.clean} of them without any")
    print(f"95 % intervals are drawn by group ({len(result.subgroups)} groups)\n")
    print(f"AP at IoU 0.5                     {_interval(result.ap_strict)}")
    print(f"AP at IoU {result.hit_iou:<24g}{_interval(result.ap)}")
    print(f"At the shipped threshold {at.threshold:.3f}:")
    print(f"  sensitivity                     {_interval(result.sensitivity)}  ({at.found} of {at.findings})")
    print(f"  {f'false regions a{_n(noun)}':<32}{_interval(result.false_per_image)}  ({at.false_regions})")
    _print_clean(at, result.clean_marked_limit, noun)
    if unsure.threshold < at.threshold:
        print(
            f"With the unsure regions, from {unsure.threshold:.3f}: sensitivity {unsure.sensitivity:.3f} "
            f"({unsure.found} of {unsure.findings}), false regions a{_n(noun)} {unsure.false_per_image:.3f}, "
            f"{noun}s without findings marked {unsure.clean_marked} of {unsure.clean}"
        )
    _print_curve(result.curve, noun)
    rows = [
        (
            group.name,
            str(group.at.images),
            _number(group.ap_strict),
            _number(group.at.sensitivity),
            _number(group.at.false_per_image),
        )
        for group in sorted(result.subgroups, key=lambda group: _worst_first(group.at.sensitivity))
    ]
    print_table(("group", f"{noun}s", "AP50", "sensitivity", f"false a{_n(noun)}"), rows, right=range(1, 5))
    print()


def _print_overall(result: Overall, noun: str) -> None:
    at = result.at
    print(f"All labels together, {at.images} {noun}s with {at.findings} findings")
    print(f"mAP at IoU 0.5                    {_interval(result.mean_ap_strict)}")
    print(f"mAP at IoU {result.hit_iou:<23g}{_interval(result.mean_ap)}")
    print(f"At the shipped threshold {at.threshold:.3f}:")
    print(f"  F score                         {_interval(result.f_score)}")
    print(f"  precision                       {_interval(result.precision)}  ({at.found + at.false_regions} regions)")
    print(f"  sensitivity                     {_interval(result.sensitivity)}  ({at.found} of {at.findings})")
    print(f"  {f'false regions a{_n(noun)}':<32}{_interval(result.false_per_image)}  ({at.false_regions})")
    _print_clean(at, result.clean_marked_limit, noun)
    _print_curve(result.curve, noun)


def _print_clean(at: OperatingPoint, limit: float, noun: str) -> None:
    if at.clean:
        print(
            f"  {f'{noun}s without findings marked':<32}{at.clean_marked} of {at.clean}; "
            f"with so few, the true share may be up to {limit:.1%}"
        )
    else:
        print(f"  false alarms on {noun}s without findings are not measured: the set has none")


def _print_curve(curve: Sequence[OperatingPoint], noun: str) -> None:
    print(f"\nSensitivity at false regions a{_n(noun)} (FROC):")
    print("  " + "   ".join(f"{point.false_per_image:.3f}: {point.sensitivity:.3f}" for point in curve) + "\n")


def _n(noun: str) -> str:
    """The noun after `a`."""
    return f"n {noun}" if noun[0] in "aeiou" else f" {noun}"


def _worst_first(sensitivity: float) -> float:
    return 2.0 if math.isnan(sensitivity) else sensitivity


def _interval(interval: Interval) -> str:
    return f"{interval.value:.3f} ({interval.low:.3f} to {interval.high:.3f})"


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
