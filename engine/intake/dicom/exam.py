"""Patient and exam out of a DICOM file's elements: text as it is shown, dates as dates; nothing here refuses a file."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, time
from typing import cast, get_args

from engine.domain.exam import Exam, Laterality, Patient
from engine.intake.dicom.elements import Elements
from engine.intake.text import shortened

EXAM_KEYWORDS = (
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "PatientAge", "StudyInstanceUID",
    "SeriesInstanceUID", "FrameOfReferenceUID", "AccessionNumber", "StudyID", "StudyDate", "StudyTime",
    "StudyDescription", "SeriesNumber", "SeriesDescription", "ProtocolName", "InstitutionName", "BodyPartExamined",
    "ImageLaterality", "Laterality", "ViewPosition", "PatientOrientation", "Manufacturer", "ManufacturerModelName",
    "SoftwareVersions", "ConvolutionKernel", "KVP", "SliceThickness", "EchoTime", "RepetitionTime",
    "MagneticFieldStrength", "ContrastBolusAgent", "Exposure", "CTDIvol",
)  # fmt: skip
"""All that `exam_of` asks for, at the top level of the file."""

_MOST_CHARACTERS = 324
"""A person's name has three groups of 64 characters and their separators (PS3.5 6.2); nothing shown is longer."""

_UID = re.compile(r"[0-9.]{1,64}")
_DATE = re.compile(r"(\d{4})[.-]?(\d{2})[.-]?(\d{2})")
"""DA, also as ACR-NEMA wrote it, 1993.08.22 (PS3.5 6.2)."""

_TIME = re.compile(r"(\d{2}):?(\d{2})?:?(\d{2})?(?:\.(\d{1,6}))?")
_LETTERS = re.compile(r"[LRAPHF]{1,3}")


def exam_of(elements: Elements) -> Exam:
    """What the file says; a value that is none of its kind counts as not stated."""
    text = _Stated(elements)
    return Exam(
        patient=Patient(
            name=_name(text["PatientName"]),
            id=text["PatientID"],
            birth_date=_date(text["PatientBirthDate"]),
            sex=text["PatientSex"].upper() if text["PatientSex"].upper() in ("M", "F", "O") else "",
            age=text["PatientAge"],
        ),
        study_uid=text.uid("StudyInstanceUID"),
        series_uid=text.uid("SeriesInstanceUID"),
        frame_of_reference_uid=text.uid("FrameOfReferenceUID"),
        accession_number=text["AccessionNumber"],
        study_id=text["StudyID"],
        study_date=_date(text["StudyDate"]),
        study_time=_time(text["StudyTime"]),
        study_description=text["StudyDescription"],
        series_number=text.whole("SeriesNumber"),
        series_description=text["SeriesDescription"],
        protocol=text["ProtocolName"],
        institution=text["InstitutionName"],
        body_part=text["BodyPartExamined"].upper(),
        laterality=_laterality(text["ImageLaterality"] or text["Laterality"]),
        view=text["ViewPosition"],
        row_and_column=_row_and_column(text["PatientOrientation"]),
        manufacturer=text["Manufacturer"],
        model=text["ManufacturerModelName"],
        software=text["SoftwareVersions"],
        kernel=text["ConvolutionKernel"],
        tube_kv=text.real("KVP"),
        exposure_mas=text.real("Exposure"),
        ctdi_mgy=text.real("CTDIvol"),
        thickness_mm=text.real("SliceThickness"),
        echo_time_ms=text.real("EchoTime"),
        repetition_time_ms=text.real("RepetitionTime"),
        field_tesla=text.real("MagneticFieldStrength"),
        contrast=text["ContrastBolusAgent"],
    )


class _Stated:
    """Elements as one printable line each, of several values all of them joined as in the file; or as numbers."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements

    def __getitem__(self, keyword: str) -> str:
        value = self._value(keyword)
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            value = "\\".join(str(item) for item in value)
        return "" if value is None else shortened(value, _MOST_CHARACTERS)

    def uid(self, keyword: str) -> str:
        value = self[keyword]
        return value if _UID.fullmatch(value) else ""

    def real(self, keyword: str) -> float | None:
        """The value, or the first of several."""
        value = self._value(keyword)
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = value[0] if value else None
        try:
            number = float(str(value))
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def whole(self, keyword: str) -> int | None:
        value = self._value(keyword)
        return int(value) if isinstance(value, int) else None

    def _value(self, keyword: str) -> object:
        try:
            value: object = self._elements.get(keyword)
        except (ValueError, TypeError, LookupError, OverflowError, NotImplementedError):
            return None  # what is no value of its kind costs this one fact, not the image
        return value


def _name(text: str) -> str:
    """`Family^Given^Middle^Prefix^Suffix`, in up to three groups joined by `=`, as it is shown: `Family, Given`.

    Source: PS3.5 6.2.1.
    """
    groups = [group.strip() for group in text.split("=")]
    family, *rest = (part.strip() for part in next(filter(None, groups), "").split("^"))
    given = " ".join(part for part in rest if part)
    return ", ".join(part for part in (family, given) if part)


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second, fraction = found.groups()
    try:
        # A leap second may stand there as 60 (PS3.5 6.2).
        return time(int(hour), int(minute or 0), min(int(second or 0), 59), int((fraction or "0").ljust(6, "0")))
    except ValueError:
        return None


def _laterality(text: str) -> Laterality:
    return cast("Laterality", text) if text in get_args(Laterality) else ""


def _row_and_column(text: str) -> tuple[str, str] | None:
    """Two words of letters (PS3.3 C.7.6.1.1.1); `F` is towards the feet."""
    letters = text.split("\\")
    return (letters[0], letters[1]) if len(letters) == 2 and all(map(_LETTERS.fullmatch, letters)) else None
