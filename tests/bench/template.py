"""`python -m tests.bench.template DATA [--split test]`: boards beside their templates, plain difference and registered.

Of the pixels that differ: how many lie in no defect, which is edge jitter. Of the regions that they make: how many of
the defects one of them meets, and how many meet none. The defaults were chosen on 200 boards of `trainval`.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from engine.domain.region import Region
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.opinion.compare import unmatched
from engine.opinion.difference import difference, regions_of_difference
from engine.opinion.settings import OpinionRule
from engine.prepare.pool import RowPool

RULE = OpinionRule("template")


def main():
    """Prints a line for each way, and the share of each class that is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the image sets")
    parser.add_argument("--split", choices=("trainval", "test"), default="trainval")
    parser.add_argument("--images", type=int, help="so many, evenly spread; all by default")
    asked = parser.parse_args()
    boards = list(_boards(asked.data / "pcb", asked.split, asked.images))
    with RowPool(1) as pool:
        ways = {
            "plain": _plain,
            "registered": lambda scan, template: difference(scan, template, RULE.tolerance_px, pool),
        }
        for name, differs_of in ways.items():
            tally = _Tally()
            for scan, template, truth in boards:
                began_s = time.perf_counter()
                differs = differs_of(scan, template)
                regions = regions_of_difference(differs, RULE, pool)
                tally.add(differs >= RULE.least_contrast, regions, truth, time.perf_counter() - began_s)
            tally.show(name)


def _boards(folder, split, images):
    held = json.loads((folder / "annotations" / f"{split}.json").read_text())
    names = {one["id"]: one["name"] for one in held["categories"]}
    chosen = held["images"]
    if images is not None:
        chosen = [chosen[place] for place in np.linspace(0, len(chosen) - 1, images).astype(int)]
    for image in chosen:
        scan, template = (read_study(find_one(folder / image[name])).scan for name in ("file_name", "template"))
        found = [one for one in held["annotations"] if one["image_id"] == image["id"]]
        yield scan, template, [_region(names[one["category_id"]], *one["bbox"]) for one in found]


def _region(label, x, y, width, height):
    return Region(label, 1.0, "sure", box_px=(x, y, x + width, y + height))


def _plain(scan, template):
    return np.abs(scan.pixels.astype(np.float32) - template.pixels.astype(np.float32)) / np.float32(255.0)


class _Tally:
    """What is counted over the boards."""

    def __init__(self):
        self.boards = self.differing = self.jitter = self.false = 0
        self.most = 0.0
        self.seconds, self.met = [], {}

    def add(self, differs, regions, truth, seconds):
        inside = np.zeros_like(differs)
        for one in truth:
            x0, y0, x1, y1 = map(int, one.box_px)
            inside[y0:y1, x0:x1] = True
        self.boards += 1
        self.most = max(self.most, float(differs.mean()))
        self.differing += int(differs.sum())
        self.jitter += int((differs & ~inside).sum())
        self.false += len(unmatched(regions, truth, by_label=False))
        missed = set(unmatched(truth, regions, by_label=False))
        for place, one in enumerate(truth):
            self.met.setdefault(one.label, []).append(place not in missed)
        self.seconds.append(seconds)

    def show(self, name):
        met = [hit for hits in self.met.values() for hit in hits]
        print(
            f"{name:10}  {self.boards} boards, {self.differing:,} pixels differ, {self.jitter / self.differing:.1%} of "
            f"them edge jitter; {np.mean(met):.4f} of {len(met)} defects met, {self.false / self.boards:.3f} false "
            f"regions a board; median {np.median(self.seconds) * 1000:.0f} ms; "
            f"at most {self.most:.1%} of a board differ"
        )
        print("            " + ", ".join(f"{label} {np.mean(hits):.3f}" for label, hits in sorted(self.met.items())))


if __name__ == "__main__":
    main()
