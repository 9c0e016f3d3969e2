"""What `fovea evaluate` prints of a label beside its figures: precision, calibration, subgroups, notes."""

from __future__ import annotations

import math

from app.cli.printing import print_table
from engine.evaluate.interval import Interval
from engine.evaluate.report import LabelReport


def print_more(report: LabelReport, noun: str) -> None:
    """The rest of a label."""
    print(f"AP at IoU 0.5:0.95                {_interval(report.ap_overlaps)}")
    print(f"precision                         {_interval(report.precision)}")
    print(f"calibration error                 {_number(report.calibration.error)}")
    if report.point:
        point = report.point
        print(
            f"For {point.requirement}: threshold {point.at.threshold:.4f}, sensitivity {_interval(point.sensitivity)}, "
            f"false regions {_interval(point.false_per_image)}; chosen on this set, another will show less"
        )
    for point in report.kept:
        print(
            f"Chosen before for {point.requirement}: threshold {point.at.threshold:.4f}, here sensitivity "
            f"{_interval(point.sensitivity)}, false regions {_interval(point.false_per_image)}"
        )
    if report.parts:
        print("\nSubgroups, the worst first:")
        rows = [
            (
                part.column,
                part.value,
                str(part.images),
                str(part.findings),
                _interval(part.sensitivity),
                _interval(part.false_interval),
                "" if part.enough else "too few findings",
            )
            for part in report.parts
        ]
        print_table(("by", "part", f"{noun}s", "findings", "sensitivity", "false", ""), rows, right=range(2, 4))
    for caution in report.cautions:
        print(f"Note: {caution}")
    print()


def _interval(interval: Interval) -> str:
    if math.isnan(interval.value):
        return "-"
    return f"{interval.value:.3f} ({_number(interval.low)} to {_number(interval.high)})"


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
