"""What the shipped model answers on altered simulated CT: for `tests.bench.likeness_volumes --answer`."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.budget import Budget
from engine.domain.request import Request
from engine.domain.sketch import UNLIKE
from engine.evaluate.truth import read_truth
from engine.intake.find import find_one
from engine.pipeline import Bench
from engine.places import Home
from engine.registry.shelf import Shelf
from tests.bench.altered import ALTERATIONS, altered_volume
from tests.bench.left_over import left_over

MODEL = "ct-nodule-phantom"


def print_answered(kept, folder, number, effort):
    """Answers some scans, each as it is and altered, and prints what is left of sensitivity.

    Args:
        kept: what was answered so far, and then all of it.
        folder: of the scans, none of them of the training or the test split, with their `truth.json`.
        number: of scans, the first ones.
        effort: of the model.
    """
    truth = read_truth(folder / "truth.json")
    images = truth.images[:number]
    with tempfile.TemporaryDirectory() as scratch, Bench.open(Shelf.of(Home(Path(scratch)))) as bench:
        card = next(package.card for package in bench.shelf.packages if package.card.id == MODEL)
        request = Request(card.id, effort=effort)
        print(f"{MODEL} {card.version}, {effort}: {len(images)} scans of {folder.name}")
        print(f"{'':22} {'noticed':>8} {'findings':>9} {'sensitivity':>12} {'false/scan':>11}", flush=True)
        for what in ALTERATIONS:
            rows = [
                kept.of(
                    (MODEL, card.version, effort, what, folder.name, image.file_name),
                    lambda image=image, what=what: _row(bench, card, request, folder, image, truth, what),
                )
                for image in images
            ]
            _print_row(what, rows)


def _row(bench, card, request, folder, image, truth, what):
    """The product's way, but for the alteration between reading and looking."""
    print(f"{what}: {image.file_name}", file=sys.stderr, flush=True)
    attempt = bench.begin(find_one(folder / image.file_name), request, budget=Budget())
    bench.read(attempt)
    attempt.loaded = replace(attempt.loaded, scan=altered_volume(attempt.loaded.scan, what, card.input))
    bench.look(attempt)
    outcome = attempt.outcome()
    held = {"refused": outcome.code, "noticed": UNLIKE in outcome.doubts}
    return held | left_over(image, truth, card, outcome.regions, what)


def _print_row(what, rows):
    findings = sum(row["findings"] for row in rows)
    left = f"{sum(row['found'] for row in rows) / findings:.3f}" if findings else ""
    refused = sum(row["refused"] != "" for row in rows)
    told = f"  refused {refused}" if refused else ""
    noticed, false = (np.mean([row[name] for row in rows]) for name in ("noticed", "false"))
    print(f"{what:22} {noticed:8.1%} {findings:>9} {left:>12} {false:>11.2f}{told}", flush=True)
