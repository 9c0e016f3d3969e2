"""`python -m tests.bench.likeness_pcb DATA GRAPH`: what altered pictures of `pcb` cost a network trained on them.

No model of `pcb` may be shipped, so GRAPH is the `model.onnx` of a local training by the recipe `pcb-defects`, and DATA
what `tests.tools.hold_out` wrote for it. The threshold is chosen on the validation split for the false regions that the
recipe allows; then every n-th picture of the test split is answered as it is and altered. With `--kept FILE` a stopped
call goes on.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from engine.clock import SystemClock
from engine.evaluate.truth import Truth, read_truth
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.learn.answers import Question, answers
from engine.learn.crossval import LOWEST_SCORE, choose_thresholds
from engine.learn.manifest import card_of
from engine.learn.recipe import read_recipe
from engine.places import RESOURCES
from engine.prepare.pool import RowPool
from tests.bench.altered import ALTERATIONS
from tests.bench.kept import Kept
from tests.bench.left_over import left_over


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the three splits")
    parser.add_argument("graph", type=Path, help="model.onnx")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="what was found so far")
    parser.add_argument("--pictures", type=int, default=16, metavar="N", help="so many are answered, each way altered")
    arguments = parser.parse_args()
    recipe, kept = read_recipe(RESOURCES / "recipes" / "pcb-defects.toml"), Kept(arguments.kept)
    graph, folder = arguments.graph.read_bytes(), arguments.data
    with RowPool(1) as pool:

        def answer(card, truth, where):
            return tuple(answers(graph, Question(card, truth, where), pool=pool, clock=SystemClock()))

        def threshold():
            unseen = read_truth(folder / recipe.data.validation)
            found = answer(card_of(recipe, LOWEST_SCORE, LOWEST_SCORE), unseen, folder)
            return {"sure": choose_thresholds(recipe, unseen, found).sure}

        sure = kept.of(("pcb", "threshold"), threshold)["sure"]
        card = card_of(recipe, sure, sure)
        truth = _some(read_truth(folder / recipe.data.test), arguments.pictures)
        print(f"threshold {sure}, {len(truth.images)} pictures, {len(truth.boxes)} findings", flush=True)
        for what in ALTERATIONS:
            rows = [
                kept.of(("pcb", what, image.file_name), lambda i=image, w=what: _row(answer, card, folder, truth, i, w))
                for image in truth.images
            ]
            left = sum(row["found"] for row in rows) / sum(row["findings"] for row in rows)
            print(f"{what:22} {left:.3f} {np.mean([row['false'] for row in rows]):6.2f}", flush=True)


def _some(truth, number):
    """Evenly chosen."""
    images = truth.images[:: max(1, len(truth.images) // number)][:number]
    ids = {image.id for image in images}
    return Truth(truth.source, images, tuple(box for box in truth.boxes if box.image_id in ids))


def _row(answer, card, folder, truth, image, what):
    print(f"{what}: {image.file_name}", file=sys.stderr, flush=True)
    pixels = ALTERATIONS[what](read_study(find_one(folder / image.file_name)).scan.pixels)
    with tempfile.TemporaryDirectory() as scratch:
        altered = Path(scratch, image.file_name)
        altered.parent.mkdir(parents=True)
        Image.fromarray(pixels).save(altered)
        found = answer(card, Truth(truth.source, (image,), ()), Path(scratch))
    return left_over(image, truth, card, found[0].regions, what)


if __name__ == "__main__":
    main()
