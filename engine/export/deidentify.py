"""DICOM datasets without their patient: a copy by the rules of `profile`, with pseudonyms, mapped UIDs, moved dates."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from pydicom import DataElement, Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence as Items
from pydicom.uid import ExplicitVRLittleEndian

from engine.export.names import Names
from engine.export.originals import person_in
from engine.export.profile import Fate, fate_of, is_public_code

METHOD = "Fovea: basic profile by allow-list, dates moved, UIDs mapped"

PROFILE_CODES = (
    ("113100", "Basic Application Confidentiality Profile"),
    ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
)
"""CID 7050, what (0012,0064) says."""

_EMPTY = ("AccessionNumber", "ReferringPhysicianName", "StudyID", "PatientBirthDate", "PatientSex")
"""Type 2 in every image (PS3.3 C.7.1.1, C.7.2.1): must be there, may be empty."""

_NAMING = (
    "PatientName",
    "PatientID",
    "OtherPatientIDs",
    "AccessionNumber",
    "ReferringPhysicianName",
    "OtherPatientNames",
)
_SHORTEST = 3
"""Letters of a word of a name that is searched for in what is kept; shorter ones stand for many things."""

_WITH_WORDS = frozenset({"CS", "LO", "SH"})
"""Kinds of value that are kept and can hold words; a patient's number may well be equal to a number of the image."""

_DATE = re.compile(r"(\d{4})\.?(\d{2})\.?(\d{2})(.*)", re.DOTALL)


def deidentified(dataset: Dataset, names: Names) -> Dataset:
    """A copy of a dataset that says nothing of its patient; the original is left as it is.

    Args:
        dataset: as read; its pixels are shared with the copy. What is drawn in them stays: see `burned_in`.
        names: the pseudonyms.
    """
    person = person_in(dataset)
    rest = _Rest(names, names.shift(person), frozenset(_names_in(dataset)))
    clean = rest.of(dataset)
    for keyword in _EMPTY:
        setattr(clean, keyword, "")
    pseudonym = names.of("patient", person)
    clean.PatientID = pseudonym
    clean.PatientName = f"{pseudonym}^"
    clean.PatientIdentityRemoved = "YES"
    clean.DeidentificationMethod = METHOD
    clean.DeidentificationMethodCodeSequence = Items(_code(*code) for code in PROFILE_CODES)
    clean.LongitudinalTemporalInformationModified = "MODIFIED"
    clean.file_meta = _file_meta(dataset, clean)
    return clean


class _Rest:
    """What is left of a dataset and the items in it."""

    def __init__(self, names: Names, shift: timedelta, telling: frozenset[str]) -> None:
        self._names = names
        self._shift = shift
        self._telling = telling

    def of(self, dataset: Dataset) -> Dataset:
        clean = Dataset()
        for element in dataset:
            if (left := self._element(element)) is not None:
                clean.add(left)
        if "CodeMeaning" in dataset and not is_public_code(dataset.get("CodingSchemeDesignator")):
            return Dataset()
        return clean

    def _element(self, element: DataElement) -> DataElement | None:
        match fate_of(element):
            case Fate.KEPT:
                return None if self._tells(element) else copy.copy(element)
            case Fate.EMPTIED:
                return DataElement(element.tag, element.VR, "")
            case Fate.UID:
                return DataElement(element.tag, "UI", _each(element.value, self._names.uid))
            case Fate.DATE:
                return DataElement(element.tag, element.VR, _each(element.value, self._moved))
            case Fate.ITEMS:
                items = [item for item in map(self.of, element.value or ()) if len(item)]
                return DataElement(element.tag, "SQ", Items(items)) if items or not element.value else None
            case _:
                return None

    def _tells(self, element: DataElement) -> bool:
        """Whether a name stands where none belongs, as a word of a code string that somebody typed it into.

        Words as a whole: a patient called Ono must not cost the image its MONOCHROME2.
        """
        if element.VR not in _WITH_WORDS:
            return False
        values = element.value if isinstance(element.value, MultiValue) else [element.value]
        return any(not self._telling.isdisjoint(_words(value)) for value in values)

    def _moved(self, text: str) -> str:
        """A date, or a date with a time behind it, moved; what is none is emptied."""
        found = _DATE.fullmatch(str(text).strip())
        if not found:
            return ""
        year, month, day, rest = found.groups()
        try:
            moved = datetime(int(year), int(month), int(day)) + self._shift
        except (ValueError, OverflowError):
            return ""
        return f"{moved:%Y%m%d}{rest}"


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """A value, or each of several, changed; one that is empty stays so."""
    if isinstance(value, MultiValue):
        return [change(str(part)) for part in value]
    return change(str(value)) if value else value


def _names_in(dataset: Dataset) -> Iterator[str]:
    """The words of the names and numbers that the dataset knows its patient by."""
    for keyword in _NAMING:
        yield from (word for word in _words(dataset.get(keyword)) if len(word) >= _SHORTEST)


def _words(value: object) -> list[str]:
    return re.findall(r"\w+", str(value or "").casefold())


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", meaning
    return item


def _file_meta(dataset: Dataset, clean: Dataset) -> FileMetaDataset:
    meta = FileMetaDataset()
    before = getattr(dataset, "file_meta", None) or Dataset()
    meta.TransferSyntaxUID = before.get("TransferSyntaxUID", ExplicitVRLittleEndian)
    meta.MediaStorageSOPClassUID = clean.get("SOPClassUID", "")
    meta.MediaStorageSOPInstanceUID = clean.get("SOPInstanceUID", "")
    return meta
