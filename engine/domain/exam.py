"""The exam that a study belongs to, and its patient: what screens and exports name, and no log does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Laterality = Literal["", "L", "R", "B", "U"]
"""Of a paired body part: left, right, both, unpaired; empty where it is not stated (PS3.3 C.7.3.1, C.18.8)."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who was examined; empty or None where it is not stated. Its `repr` tells nothing, so that no log can.

    Args:
        name: as it is shown, family name first: its alphabetic form, else the ideographic or phonetic one.
        id: Patient ID (0010,0020), with its issuer's leading and trailing spaces gone.
        birth_date: (0010,0030).
        sex: `M`, `F` or `O` (0010,0040).
        age: as the scanner wrote it, e.g. `064Y` (0010,1010).
    """

    name: str = field(default="", repr=False)
    id: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    sex: str = field(default="", repr=False)
    age: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Exam:
    """What a DICOM file says of the examination and of how the images came to be; empty or None where it says nothing.

    Args:
        patient: who was examined.
        study_uid: Study Instance UID (0020,000D), of the exam in Fovea's words.
        series_uid: Series Instance UID (0020,000E).
        frame_of_reference_uid: in which patient coordinates are comparable (0020,0052).
        accession_number: the order that it answers (0008,0050).
        study_id: (0020,0010).
        study_date: (0008,0020).
        study_time: (0008,0030), to the microsecond.
        study_description: (0008,1030).
        series_number: (0020,0011).
        series_description: (0008,103E).
        protocol: (0018,1030).
        institution: (0008,0080).
        body_part: (0018,0015), in capitals.
        laterality: of the image (0020,0062), else of the series (0020,0060).
        view: of a projection, e.g. `AP` (0018,5101).
        row_and_column: letters that a projection's rows and columns run towards, e.g. `("L", "F")` (0020,0020). Where
            an image has a plane in the patient, letters come from its direction cosines instead; see `orientation`.
        manufacturer: (0008,0070).
        model: (0008,1090).
        software: (0018,1020).
        kernel: convolution kernel of a reconstruction (0018,1210).
        tube_kv: (0018,0060).
        exposure_mas: tube current times time (0018,1152).
        ctdi_mgy: CTDIvol, the volume CT dose index (0018,9345).
        thickness_mm: nominal slice thickness (0018,0050).
        echo_time_ms: (0018,0081).
        repetition_time_ms: (0018,0080).
        field_tesla: (0018,0087).
        contrast: agent, as text (0018,0010).
    """

    patient: Patient = field(default=Patient(), repr=False)
    study_uid: str = field(default="", repr=False)
    series_uid: str = field(default="", repr=False)
    frame_of_reference_uid: str = field(default="", repr=False)
    accession_number: str = field(default="", repr=False)
    study_id: str = field(default="", repr=False)
    study_date: date | None = field(default=None, repr=False)
    study_time: time | None = field(default=None, repr=False)
    study_description: str = field(default="", repr=False)
    series_number: int | None = None
    series_description: str = field(default="", repr=False)
    protocol: str = field(default="", repr=False)
    institution: str = field(default="", repr=False)
    body_part: str = ""
    laterality: Laterality = ""
    view: str = ""
    row_and_column: tuple[str, str] | None = None
    manufacturer: str = ""
    model: str = ""
    software: str = ""
    kernel: str = ""
    tube_kv: float | None = None
    exposure_mas: float | None = None
    ctdi_mgy: float | None = None
    thickness_mm: float | None = None
    echo_time_ms: float | None = None
    repetition_time_ms: float | None = None
    field_tesla: float | None = None
    contrast: str = ""
