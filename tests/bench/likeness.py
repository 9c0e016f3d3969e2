"""`python -m tests.bench.likeness DATA`: which alterations are noticed, how soon, and what they cost.

For each shipped model of photographs, and for `pcb`: the test split as it is and altered. Each study goes the product's
way, so that its sketch, distance and answer are what would be stored. Of the studies of each alteration the share that
is noticed alone is told; the median number of studies until the watch over a source notices, after 200 of before, by
the inputs and by the answers alone; and the sensitivity that is left. `--kept FILE` keeps what was answered: a stopped
call goes on there.
"""

import argparse
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from engine.budget import Budget
from engine.checks.sketch import sketch_of
from engine.domain.outcome import Status
from engine.domain.request import FULL, Request
from engine.domain.sketch import UNLIKE
from engine.evaluate.truth import read_truth
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.learn.recipe import read_recipe
from engine.pipeline import Bench
from engine.places import RESOURCES, Home
from engine.registry.likeness import likeness_of
from engine.registry.package import REFERENCE, read_package
from engine.registry.reference import read_reference
from engine.registry.shelf import Shelf
from tests.bench.altered import ALTERATIONS, USUAL
from tests.bench.kept import Kept
from tests.bench.left_over import left_over
from tests.bench.streams import FALSE_STREAMS, columns, false_alarms, until

ANSWERS = ("flagged", "regions", "best score")
OTHER_PART = "another part"


@dataclass(frozen=True)
class Photographs:
    """A set to try.

    Args:
        folder: of the data.
        model: the shipped model that answers; empty where none may be shipped.
        other: whose pictures are another part to it.
        effort: with which it answers.
        answered: every n-th picture is answered, all are sketched.
    """

    folder: str
    model: str
    other: str
    effort: str = FULL
    answered: int = 1


SETS = (
    Photographs("bsd", "surface-pitting", "nuclei", answered=3),
    Photographs("nuclei", "nuclei", "bsd", effort="fast"),
    Photographs("pcb", "", "bsd"),
)
MOST = 120
"""Pictures of a set; of `pcb`, which has 400, evenly chosen."""


def main():
    """Prints a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the image sets")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="what was found so far")
    parser.add_argument("--set", choices=[one.folder for one in SETS], help="this one alone")
    arguments = parser.parse_args()
    kept = Kept(arguments.kept)
    with tempfile.TemporaryDirectory() as scratch, Bench.open(Shelf.of(Home(Path(scratch)))) as bench:
        for one in SETS:
            if arguments.set in (None, one.folder):
                _try(one, arguments.data, bench, kept)


def _try(one, data, bench, kept):
    look = _model_look(one, bench) if one.model else _bare_look(data / one.folder)
    truth = read_truth(data / one.folder / "annotations" / "test.json")
    images = truth.images[:: max(1, len(truth.images) // MOST)]
    table = {}
    for what in ALTERATIONS:
        table[what] = [
            kept.of(
                (one.folder, one.model, what, image.file_name),
                lambda image=image, what=what, number=number: look(
                    data / one.folder / image.file_name, what, image, truth, answers=number % one.answered == 0
                ),
            )
            for number, image in enumerate(images)
        ]
        print(f"{one.folder}: {what}", file=sys.stderr, flush=True)
    others = read_truth(data / one.other / "annotations" / "test.json").images[:40]
    table[OTHER_PART] = [
        kept.of(
            (one.folder, one.model, OTHER_PART, image.file_name),
            lambda image=image: look(data / one.other / image.file_name, USUAL, image, None, answers=False),
        )
        for image in others
    ]
    _print(one, table)
    if one.folder == "bsd":
        _print_positions(data / "bsd", read_package(RESOURCES / "models" / one.model).card.input, kept)


def _model_look(one, bench):
    """Looks at an altered photograph as the product does."""
    package = next(package for package in bench.shelf.packages if package.card.id == one.model)
    card, likeness = package.card, read_reference(package.text(REFERENCE)).likeness

    def look(path, what, image, truth, *, answers):
        if not answers:
            scan = read_study(find_one(path)).scan
            sketch = sketch_of(replace(scan, pixels=ALTERATIONS[what](scan.pixels)), card.input)
            distance = likeness.distance(sketch)
            return {"numbers": asdict(sketch) | {"distance": distance}, "noticed": distance > likeness.limit}
        attempt = bench.begin(find_one(path), Request(card.id, effort=one.effort), budget=Budget())
        bench.read(attempt)
        scan = attempt.loaded.scan
        attempt.loaded = replace(attempt.loaded, scan=replace(scan, pixels=ALTERATIONS[what](scan.pixels)))
        bench.look(attempt)
        outcome, sketched = attempt.outcome(), attempt.sketched
        if sketched is None:
            return {"refused": outcome.code} | left_over(image, truth, card, (), what)
        numbers = asdict(sketched.sketch) | {
            "distance": sketched.distance,
            "unlike the training": float(UNLIKE in outcome.doubts),
            "answered": float(outcome.status is Status.ANSWERED),
            "flagged": float(any(region.band == "sure" for region in outcome.regions)),
            "regions": float(len(outcome.regions)),
            "best score": max((region.score for region in outcome.regions), default=0.0),
        }
        return {"numbers": numbers, "noticed": UNLIKE in outcome.doubts} | left_over(
            image, truth, card, outcome.regions, what
        )

    return look


def _bare_look(folder):
    """Sketches as the recipe's model would be given them; the limit is that of every fourth training picture."""
    spec = read_recipe(RESOURCES / "recipes" / "pcb-defects.toml").input
    likeness = likeness_of([sketch_of(scan, spec) for scan in _scans(folder, "trainval", 4)])

    def look(path, what, _image, _truth, *, answers):
        scan = read_study(find_one(path)).scan
        sketch = sketch_of(replace(scan, pixels=ALTERATIONS[what](scan.pixels)), spec)
        distance = likeness.distance(sketch)
        return {"numbers": asdict(sketch) | {"distance": distance}, "noticed": distance > likeness.limit}

    return look


def _scans(folder, split, every=1):
    for image in read_truth(folder / "annotations" / f"{split}.json").images[::every]:
        yield read_study(find_one(folder / image.file_name)).scan


def _print(one, table):
    usual = [found for found in table[USUAL] if "numbers" in found]
    print(f"\n{one.folder} ({one.model or 'no model'}): {len(usual)} pictures, {one.effort}")
    print(f"{'':22} {'noticed':>8} {'by inputs':>10} {'by answers':>11} {'sensitivity':>12} {'false/image':>12}")
    for what, founds in table.items():
        seen = [found for found in founds if "numbers" in found]
        refused = f"  refused {len(founds) - len(seen)}" if len(seen) < len(founds) else ""
        share = f"{np.mean([found['noticed'] for found in seen]):.1%}" if seen else ""
        after = [until(columns(usual, kind), columns(seen, kind)) for kind in (_inputs, _answers)]
        answered = [found for found in founds if "findings" in found]
        findings = sum(found["findings"] for found in answered)
        left = f"{sum(found['found'] for found in answered) / findings:.3f}" if findings else ""
        false = f"{np.mean([found['false'] for found in answered]):.2f}" if answered else ""
        print(f"{what:22} {share:>8} {after[0]:>10} {after[1]:>11} {left:>12} {false:>12}{refused}", flush=True)
    both = columns([found for found in usual if _answers(found["numbers"])] if one.model else usual, dict)
    print(f"false alarms of {FALSE_STREAMS} unchanged streams: {false_alarms(both):.2%}", flush=True)


def _inputs(numbers):
    return {
        name: number for name, number in numbers.items() if name not in (*ANSWERS, "answered", "unlike the training")
    }


def _answers(numbers):
    return {name: number for name, number in numbers.items() if name in ANSWERS}


def _print_positions(folder, spec, kept):
    """Each position of the training split held against all others, as if the camera had been moved there."""
    images = read_truth(folder / "annotations" / "train.json").images

    def sketched(image):
        return {"numbers": asdict(sketch_of(read_study(find_one(folder / image.file_name)).scan, spec))}

    rows = [kept.of(("bsd", "position", image.group, image.file_name), lambda i=image: sketched(i)) for image in images]
    print("\nbsd, a position left out: share noticed, studies until the inputs tell")
    for group in dict.fromkeys(image.group for image in images):
        own = [row for row, image in zip(rows, images, strict=True) if image.group == group]
        rest = [row for row, image in zip(rows, images, strict=True) if image.group != group]
        likeness = likeness_of([_Numbers(row["numbers"]) for row in rest])
        share = np.mean([likeness.distance(_Numbers(row["numbers"])) > likeness.limit for row in own])
        print(f"{group:22} {share:8.1%} {until(columns(rest, dict), columns(own, dict)):>10}   {len(own)} pictures")


class _Numbers(dict):
    """A sketch that was kept."""

    def values(self):
        return tuple(super().values())


if __name__ == "__main__":
    main()
