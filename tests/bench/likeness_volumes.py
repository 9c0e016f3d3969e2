"""`python -m tests.bench.likeness_volumes SCANS DATA`: which alterations of simulated CT are noticed, and how soon.

SCANS holds `train` and `test` as `engine.learn.phantom` makes them: their kernels and slices differ, as another
scanner's would. Of the training scans the first part sets the limit, the rest are the studies as they are. Slices alone
are looked at, as the sketch does; nothing is answered, unless `--answer N` asks for the first N scans of `validation`,
which are as `train` from a seed that no training had: each altered in each way, and what of sensitivity is left. That
takes about a minute a scan and alteration.
"""

import argparse
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from engine.checks.sketch import SLICES, sketch_of
from engine.domain.acquisition import Acquisition
from engine.domain.request import FULL
from engine.domain.sketch import Sketch
from engine.evaluate.truth import read_truth
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.places import RESOURCES
from engine.registry.likeness import likeness_of
from engine.registry.package import read_package
from tests.bench.altered import ALTERATIONS, USUAL, altered_volume
from tests.bench.answered_volumes import print_answered
from tests.bench.kept import Kept
from tests.bench.streams import FALSE_STREAMS, columns, false_alarms, until

LIMIT_OF, USUAL_OF, ALTERED = 60, 100, 15
"""Training scans that set the limit; up to which they are the studies as they are; how many of these are altered."""

OTHERS = 40
"""Scans of the other scanners."""

ORGANS = ("example_ct.nii.gz", "example_ct_sm.nii.gz")


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scans", type=Path, help="the folder of the simulated scans")
    parser.add_argument("data", type=Path, help="the folder of the image sets")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="what was found so far")
    parser.add_argument("--answer", type=int, default=0, metavar="N", help="answers so many scans, each way altered")
    parser.add_argument("--effort", default=FULL, metavar="NAME", help="with which they are answered")
    arguments = parser.parse_args()
    kept = Kept(arguments.kept)
    if arguments.answer:
        print_answered(kept, arguments.scans / "validation", arguments.answer, arguments.effort)
        return
    spec = read_package(RESOURCES / "models" / "ct-nodule-phantom").card.input
    train, test = (read_truth(arguments.scans / split / "truth.json").images for split in ("train", "test"))
    kernels = {image.file_name: image.columns["kernel"] for image in (*train, *test)}
    train, test = ([image.file_name for image in images] for images in (train, test[:OTHERS]))

    def rows(folder, names, whats=(USUAL,)):
        return [row for name in names for row in _rows(kept, folder / name, whats, spec)]

    likeness = likeness_of([_sketch(row) for row in rows(arguments.scans / "train", train[:LIMIT_OF])])
    usual = rows(arguments.scans / "train", train[LIMIT_OF:USUAL_OF])
    table = {USUAL: usual}
    altered = rows(arguments.scans / "train", train[LIMIT_OF : LIMIT_OF + ALTERED], tuple(ALTERATIONS))
    for what in list(ALTERATIONS)[1:]:
        table[what] = [row for row in altered if row["what"] == what]
    table["another scanner"] = rows(arguments.scans / "test", test)
    table["another organ"] = rows(arguments.data / "nifti", ORGANS)
    _print(table, likeness)
    _print_kernels(kernels, table[USUAL], table["another scanner"])


def _print(table, likeness):
    for founds in table.values():
        for row in founds:
            row["numbers"]["distance"] = likeness.distance(_sketch(row))
    usual = columns(table[USUAL], dict)
    print(f"{len(table[USUAL])} scans, {likeness.images} for the limit\n{'':22} {'noticed':>8} {'by inputs':>10}")
    for what, founds in table.items():
        share = np.mean([row["numbers"]["distance"] > likeness.limit for row in founds])
        print(f"{what:22} {share:8.1%} {until(usual, columns(founds, dict)):>10}   {len(founds)} scans")
    print(f"false alarms of {FALSE_STREAMS} unchanged streams: {false_alarms(usual):.2%}")


def _print_kernels(kernels, usual, others):
    """A source with one kernel that gets another one, by the numbers of the inputs."""

    def by_kernel(rows):
        names = dict.fromkeys(kernels[row["key"][1]] for row in rows)
        return {name: [row for row in rows if kernels[row["key"][1]] == name] for name in names}

    for before, was in by_kernel(usual).items():
        for after, came in by_kernel(others).items():
            print(
                f"{before} to {after}: {until(columns(was, dict), columns(came, dict))}, {len(was)}, {len(came)} scans"
            )


def _rows(kept, path, whats, spec):
    """The sketches of one scan under some alterations; it is read only where one of them is not known."""
    read = []

    def scan():
        if not read:
            read.append(_thinned(read_study(find_one(path)).scan))
            print(path.name, file=sys.stderr, flush=True)
        return read[0]

    return [kept.of((path.parent.name, path.name, what), lambda what=what: _row(scan(), what, spec)) for what in whats]


def _row(scan, what, spec):
    altered = altered_volume(scan, what, spec)
    acquisition = Acquisition.of(altered)
    numbers = asdict(sketch_of(altered, spec)) | {"pixel_mm": acquisition.pixel_mm, "slice_mm": acquisition.slice_mm}
    return {"what": what, "numbers": numbers}


def _thinned(scan):
    """The slices that a sketch looks at, and no others: all spacings stay."""
    chosen = np.linspace(0, len(scan.pixels) - 1, SLICES).astype(int)
    return replace(scan, pixels=scan.pixels[chosen])


def _sketch(row):
    return Sketch(**{name: row["numbers"][name] for name in Sketch.__dataclass_fields__})


if __name__ == "__main__":
    main()
