"""What `fovea evaluate` prints of a label beside its figures: precision, calibration, subgroups, notes."""

from __future__ import annotations

from app.cli.printing import print_table
from engine.evaluate.report import LabelReport, interval_text, number_text


def print_more(report: LabelReport, noun: str) -> None:
    """The rest of a label."""
    print(f"AP at IoU 0.5:0.95                {interval_text(report.ap_overlaps)}")
    print(f"precision                         {interval_text(report.precision)}")
    print(f"calibration error                 {number_text(report.calibration.error)}")
    if report.point:
        point = report.point
        print(
            f"For {point.requirement}: threshold {point.at.threshold:.4f}, sensitivity "
            f"{interval_text(point.sensitivity)}, false regions {interval_text(point.false_per_image)}; "
            "chosen on this set, another will show less"
        )
    for point in report.kept:
        print(
            f"Chosen before for {point.requirement}: threshold {point.at.threshold:.4f}, here sensitivity "
            f"{interval_text(point.sensitivity)}, false regions {interval_text(point.false_per_image)}"
        )
    if report.parts:
        print("\nSubgroups, the worst first:")
        rows = [
            (
                part.column,
                part.value,
                str(part.images),
                str(part.findings),
                interval_text(part.sensitivity),
                interval_text(part.false_interval),
                "" if part.enough else "too few findings",
            )
            for part in report.parts
        ]
        print_table(("by", "part", f"{noun}s", "findings", "sensitivity", "false", ""), rows, right=range(2, 4))
    for caution in report.cautions:
        print(f"Note: {caution}")
    print()
