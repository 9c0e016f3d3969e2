"""What a peer holds: C-FIND in the study root model, keys in and matches out as plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pynetdicom.presentation import build_context
from pynetdicom.status import code_to_category

from engine.errors import NetworkError, UsageError
from engine.intake.text import shortened
from engine.network.association import Call, associated, code_of
from engine.network.statuses import in_words

Level = Literal["exam", "series", "image"]

LEVELS: dict[Level, str] = {"exam": "STUDY", "series": "SERIES", "image": "IMAGE"}
"""What DICOM calls them (PS3.4 C.6.2)."""

UNIQUE: dict[Level, str] = {"exam": "StudyInstanceUID", "series": "SeriesInstanceUID", "image": "SOPInstanceUID"}
"""The key that names one at each level; the levels above it are named with it."""

_ASKED: dict[Level, tuple[str, ...]] = {
    "exam": ("StudyInstanceUID", "StudyDate", "StudyTime", "ModalitiesInStudy", "StudyDescription",
             "NumberOfStudyRelatedInstances"),
    "series": ("StudyInstanceUID", "SeriesInstanceUID", "Modality", "SeriesNumber", "SeriesDescription",
               "NumberOfSeriesRelatedInstances"),
    "image": ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "InstanceNumber", "SOPClassUID"),
}  # fmt: skip
"""What a peer is asked to tell of each match; nothing that identifies a patient unless a key asks for it."""

_FIND = "1.2.840.10008.5.1.4.1.2.2.1"
"""Study Root Query/Retrieve Information Model - FIND (PS3.4 C.6.2)."""

_PENDING = (0xFF00, 0xFF01)
_OF_THE_ANSWER = frozenset({"QueryRetrieveLevel", "RetrieveAETitle", "SpecificCharacterSet", "InstanceAvailability"})
_NO_VALUE_KINDS = frozenset({"SQ", "OB", "OW", "OF", "OD", "OL", "OV", "UN"})


@dataclass(frozen=True, slots=True)
class Match:
    """Something that a peer holds.

    Args:
        level: what it is.
        values: by keyword what the peer tells of it; empty where it tells nothing. May identify a patient.
    """

    level: Level
    values: Mapping[str, str]

    @property
    def uids(self) -> dict[str, str]:
        """What names it to the peer, from the exam down to its level."""
        named = {name: self.values.get(name, "") for name in UNIQUE.values()}
        return {name: uid for name, uid in named.items() if uid}


def query_keys(words: list[str]) -> dict[str, str]:
    """Reads `Keyword=value` words; an empty value asks for the attribute without choosing by it.

    Raises:
        UsageError: US-KEY.
    """
    keys = {}
    for word in words:
        keyword, equals, value = word.partition("=")
        tag = tag_for_keyword(keyword)
        if not keyword or not equals or tag is None or _NO_VALUE_KINDS.intersection(dictionary_VR(tag).split(" or ")):
            raise UsageError(
                "US-KEY",
                f"'{word}' is no key: wanted is the keyword of a DICOM attribute with text, '=', and what to look for.",
                "Write it like StudyDate=20260101-20260131 or PatientID=1234.",
            )
        keys[keyword] = value
    return keys


def query(call: Call, level: Level, keys: Mapping[str, str]) -> Iterator[Match]:
    """Asks for what matches all keys, and gives each match as it comes.

    Args:
        call: whom.
        level: what is wanted.
        keys: by keyword what to look for, with DICOM's wildcards and ranges (PS3.4 C.2.2.2).

    Raises:
        NetworkError: NW-CONNECT, NW-REJECTED, NW-SERVICE, NW-ABORTED; NW-QUERY where the peer could not answer.
        UsageError: US-TLS; US-KEY for a value that its attribute cannot have.
    """
    asked = identifier(level, dict.fromkeys(_ASKED[level], "") | dict(keys))
    with associated(call, [build_context(_FIND)]) as association:
        for answer, found in association.send_c_find(asked, _FIND):
            code = code_of(answer, call.peer, "a query was being answered")
            if code in _PENDING and found is not None:
                yield Match(level, _values(found))
            elif code_to_category(code) != "Success":
                raise NetworkError(
                    "NW-QUERY",
                    f"{call.peer} did not answer the query: {in_words(answer)}.",
                    "Change the keys, or look into the peer's log.",
                )


def identifier(level: Level, keys: Mapping[str, str]) -> Dataset:
    """A data set of the keys, at a level.

    Raises:
        UsageError: US-KEY for a value that its attribute cannot have.
    """
    made = Dataset()
    made.QueryRetrieveLevel = LEVELS[level]
    for keyword, value in keys.items():
        try:
            setattr(made, keyword, value)
        except (ValueError, TypeError) as error:
            raise UsageError(
                "US-KEY", f"'{value}' cannot be looked for in {keyword}: {error}.", "Correct the value."
            ) from error
    if not "".join(keys.values()).isascii():
        made.SpecificCharacterSet = "ISO_IR 192"
    return made


def _values(found: Dataset) -> dict[str, str]:
    values = {}
    for element in found:
        if element.keyword and element.VR not in _NO_VALUE_KINDS and element.keyword not in _OF_THE_ANSWER:
            value = element.value
            parts = value if isinstance(value, MultiValue) else [value]
            values[element.keyword] = "" if value is None else shortened("\\".join(map(str, parts)))
    return values
