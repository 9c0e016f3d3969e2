"""What an assessment found: thresholds and all figures, as the card and the manifest state them."""

from dataclasses import dataclass

from engine.evaluate.figures import Figures
from engine.evaluate.froc import OperatingPoint
from engine.evaluate.overall import BestFScore, Overall
from engine.learn.crossval import Thresholds


@dataclass(frozen=True, slots=True)
class Assessment:
    """Thresholds, and for each label its figures.

    Args:
        folds: how many the training split is dealt to; 0 where a validation split chose the thresholds.
        test: the test split at the sure threshold.
        together: the same for all labels together.
        best_f_score: of the test split at the score that is best on `held_out`; None with one label.
        kept: the test split at the unsure threshold: everything that is shown.
        held_out: what the thresholds were chosen on, the folds that were trained or the validation split, at the sure
            threshold.
        held_out_together: the same for all labels together.
        alone: each group left out alone, at the sure threshold; empty where that was not done.
        normal: the images without findings, at the sure threshold; None where the recipe names none.
        efforts: for each effort what the manifest states of the test split.
    """

    folds: int
    thresholds: Thresholds
    test: dict[str, Figures]
    together: Overall
    best_f_score: BestFScore | None
    kept: dict[str, OperatingPoint]
    held_out: dict[str, Figures]
    held_out_together: Overall
    alone: dict[str, Figures]
    normal: Overall | None
    efforts: dict[str, dict[str, float]]
