"""What a shipped manifest states is what the product measures on the test split."""

import pytest

from engine.evaluate.figures import figures
from engine.evaluate.measure import measure
from engine.evaluate.truth import read_truth
from engine.pipeline import Bench
from engine.registry.shelf import Shelf

pytestmark = pytest.mark.deep

HIT_IOU = 0.33
OTHER_PROCESSOR = 0.012
"""One finding of 95 more or less: another processor rounds scores near the threshold differently."""


def test_surface_pitting_reaches_its_stated_figures_on_the_test_split(home, shared):
    truth = read_truth(shared / "data" / "bsd" / "annotations" / "test.json")
    with Bench.open(Shelf.of(home)) as bench:
        measured = measure(bench, truth, shared / "data" / "bsd", model_id="surface-pitting")
    found = figures(measured.cases["pitting"], measured.card.threshold, hit_iou=HIT_IOU, seed=1)
    stated = measured.card.acceptance
    assert not measured.unanswered
    assert found.ap_strict.value == pytest.approx(stated["ap50"], abs=OTHER_PROCESSOR)
    assert found.at.sensitivity == pytest.approx(stated["sensitivity"], abs=OTHER_PROCESSOR)
    assert found.at.false_per_image == pytest.approx(stated["false_per_image"], abs=2 * OTHER_PROCESSOR)
