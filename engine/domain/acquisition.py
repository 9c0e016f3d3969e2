"""An acquisition: what a study's files say of how its images were made. It names no person and no single device."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.scan import Scan


@dataclass(frozen=True, slots=True)
class Acquisition:
    """None or empty where the files do not say.

    Args:
        pixel_mm: the larger one of the distances between rows and between columns.
        slice_mm: between slices.
        tube_kv: voltage of the tube.
        exposure_mas: of the first image.
        ctdi_mgy: volume CT dose index, of the first image.
        scanner: manufacturer and model.
        software: its versions.
        kernel: convolution kernel of a reconstruction.
    """

    pixel_mm: float | None = None
    slice_mm: float | None = None
    tube_kv: float | None = None
    exposure_mas: float | None = None
    ctdi_mgy: float | None = None
    scanner: str = ""
    software: str = ""
    kernel: str = ""

    @classmethod
    def of(cls, scan: Scan) -> Acquisition:
        """What is known of a scan."""
        spacing_mm, exam = scan.spacing_mm, scan.exam
        pixel_mm = None if spacing_mm is None else float(max(spacing_mm[1:]))
        slice_mm = float(spacing_mm[0]) if spacing_mm is not None and scan.kind == "volume" else None
        if exam is None:
            return cls(pixel_mm, slice_mm)
        return cls(
            *(pixel_mm, slice_mm, exam.tube_kv, exam.exposure_mas, exam.ctdi_mgy),
            scanner=" ".join(filter(None, (exam.manufacturer, exam.model))),
            software=exam.software,
            kernel=exam.kernel,
        )
