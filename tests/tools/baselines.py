"""`python -m tests.tools.baselines TEST --tune TRAIN`: what simple detectors reach on a set of scans with `truth.json`.

Both are tuned on the training set for the highest sensitivity at half a false region a scan, and then answer the other.
"""

import argparse
import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluate.froc import FALSE_REGIONS, at_threshold, froc, lowest_threshold
from engine.evaluate.match import ImageCase, Matched, match
from engine.evaluate.truth import Truth, read_truth
from tests.tools import log_detector, threshold_detector
from tests.tools.answers import Answers
from tests.tools.log_detector import LogSettings
from tests.tools.lungs import Lungs, read_lungs
from tests.tools.threshold_detector import ThresholdSettings

HIT_IOU = 0.1
AT_FALSE = 0.5

CEILINGS_HU = (-300.0, 50.0)
THRESHOLDS_HU = (-650.0, -500.0, -350.0)
OPENINGS_MM = (0, 1, 2)
POWERS = (-0.5, 0.0, 0.5, 1.0, 1.5)
BOXES = (1.0, 1.2)

Features = dict[tuple[str, float, int], NDArray[np.float64]]
Settings = LogSettings | ThresholdSettings


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """One scan: its truth in stored voxels, and what each baseline sees in it before it is tuned."""

    name: str
    truth: NDArray[np.float64]
    stored: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    features: Features


def main() -> int:
    """Tunes, answers and prints."""
    options = _options()
    choices = _choices()
    tuning = [_look(*scan, _wanted(choices)) for scan in _scans(options.tune, options.most)]
    best = {kind: _best(tuning, settings) for kind, settings in choices.items()}
    tested = [_look(*scan, _wanted({kind: [one] for kind, one in best.items()})) for scan in _scans(options.data, None)]
    for kind, settings in best.items():
        _print(kind, settings, tuning, tested)
    return 0


def _choices() -> dict[str, list[Settings]]:
    logs: list[Settings] = [LogSettings(*each) for each in itertools.product(CEILINGS_HU, POWERS, BOXES)]
    parts: list[Settings] = [ThresholdSettings(*each) for each in itertools.product(THRESHOLDS_HU, OPENINGS_MM, POWERS)]
    return {"Laplacian of Gaussians": logs, "threshold and components": parts}


def _key(settings: Settings) -> tuple[str, float, int]:
    if isinstance(settings, LogSettings):
        return ("log", settings.ceiling_hu, 0)
    return ("threshold", settings.threshold_hu, settings.opening_mm)


def _wanted(choices: dict[str, list[Settings]]) -> set[tuple[str, float, int]]:
    return {_key(settings) for group in choices.values() for settings in group}


def _scans(folder: Path, most: int | None) -> list[tuple[Path, NDArray[np.float64]]]:
    truth: Truth = read_truth(folder / "truth.json")
    return [
        (folder / image.file_name, np.array([box.faces() for box in truth.of(image.id)], float).reshape(-1, 6))
        for image in truth.images[:most]
    ]


def _look(path: Path, truth: NDArray[np.float64], wanted: set[tuple[str, float, int]]) -> Looked:
    lungs: Lungs = read_lungs(path)
    features: Features = {}
    for name, level, opening in sorted(wanted):
        features[name, level, opening] = (
            log_detector.peaks(lungs, level) if name == "log" else threshold_detector.parts(lungs, level, opening)
        )
    sys.stderr.write(f"{path.name}\n")
    return Looked(path.name, truth, lungs.stored, features)


def _answers(scan: Looked, settings: Settings) -> Answers:
    found = scan.features[_key(settings)]
    if isinstance(settings, LogSettings):
        answers = log_detector.detect(found, settings)
    else:
        answers = threshold_detector.detect(found, settings)
    return Answers(scan.stored(answers.boxes), answers.scores)


def _matched(scans: Sequence[Looked], settings: Settings, *, centre: bool = False) -> list[Matched]:
    """Every scan matched, by overlap or by the centre of a box lying within a true one."""
    matched = []
    for scan in scans:
        answers = _answers(scan, settings)
        boxes = answers.boxes
        if centre:  # a centre within a true box stands for that box
            boxes = boxes.copy()
            middles = (boxes[:, :3] + boxes[:, 3:]) / 2
            for truth in scan.truth:
                boxes[((middles >= truth[:3]) & (middles <= truth[3:])).all(axis=1)] = truth
        crowd = np.zeros(len(scan.truth), bool)
        case = ImageCase(scan.name, scan.name, scan.truth, crowd, boxes, answers.scores)
        matched.append(match(case, 0.999 if centre else HIT_IOU))
    return matched


def _sensitivity(matched: Sequence[Matched]) -> float:
    return at_threshold(matched, lowest_threshold(matched, AT_FALSE)).sensitivity


def _best(scans: Sequence[Looked], choices: Sequence[Settings]) -> Settings:
    return max(choices, key=lambda settings: _sensitivity(_matched(scans, settings)))


def _print(kind: str, settings: Settings, tuning: Sequence[Looked], tested: Sequence[Looked]) -> None:
    sys.stdout.write(f"\n{kind}: {settings}\n")
    for name, scans in (("tuned on", tuning), ("tested on", tested)):
        for rule, centre in (("IoU >= 0.1", False), ("centre in box", True)):
            points = froc(_matched(scans, settings, centre=centre))
            shown = "  ".join(f"{point.sensitivity:.3f}" for point in points)
            sys.stdout.write(f"  {name} {len(scans)} scans, {points[0].findings} nodules, {rule:13}: {shown}\n")
    sys.stdout.write(f"  at false regions a scan: {FALSE_REGIONS}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.baselines", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the scans to be answered, with truth.json")
    parser.add_argument("--tune", type=Path, required=True, help="folder of the scans to be tuned on")
    parser.add_argument("--most", type=int, default=40, help="scans to be tuned on")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
