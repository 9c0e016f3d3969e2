"""The coded concepts of exported objects: standard ones where the dictionaries have them, else Fovea's own."""

from __future__ import annotations

import re

from highdicom.sr import CodedConcept

from engine.domain.region import Measure
from engine.domain.review import RegionVerdict

SCHEME = "99FOVEA"
"""Private coding scheme (PS3.16 8.2): designators of such begin with 99."""

MANUFACTURER = "Fovea"

_LABELS = {
    "nodule": ("27925004", "Nodule"),
    "tumour": ("108369006", "Neoplasm"),
    "tumor": ("108369006", "Neoplasm"),
    "lesion": ("52988006", "Lesion"),
    "nucleus": ("84640000", "Nucleus"),
    "calcification": ("18115005", "Pathologic calcification"),
}
"""SNOMED CT codes of labels that have one."""

_MEASURES = {
    "longest diameter": ("SCT", "103339001", "Long Axis"),
    "volume": ("SCT", "118565006", "Volume"),
    "mean": ("SCT", "373098007", "Mean"),
    "standard deviation": ("SCT", "386136009", "Standard Deviation"),
}

IMAGING_PROCEDURE = CodedConcept("363679005", "SCT", "Imaging procedure")
MORPHOLOGY = CodedConcept("49755003", "SCT", "Morphologically Altered Structure")
CERTAINTY = CodedConcept("111012", "DCM", "Certainty of Finding")
PERCENT = CodedConcept("%", "UCUM", "Percent")
PRESENCE = CodedConcept("705057003", "SCT", "Presence")
PRESENT = CodedConcept("52101004", "SCT", "Present")
ABSENT = CodedConcept("2667000", "SCT", "Absent")
VERDICT = CodedConcept("verdict", SCHEME, "Verdict of the reviewer")
PERSON = CodedConcept("121006", "DCM", "Person")
DEVICE = CodedConcept("121007", "DCM", "Device")
AI = CodedConcept("123110", "DCM", "Artificial Intelligence")


def of_label(label: str) -> CodedConcept:
    """What a region shows."""
    if label in _LABELS:
        value, meaning = _LABELS[label]
        return CodedConcept(value, "SCT", meaning)
    return _own(label)


def of_measure(measure: Measure) -> tuple[CodedConcept, CodedConcept]:
    """What was measured, and its unit."""
    unit = CodedConcept(measure.unit, "UCUM", measure.unit)
    if measure.name in _MEASURES:
        scheme, value, meaning = _MEASURES[measure.name]
        return CodedConcept(value, scheme, meaning), unit
    return _own(measure.name), unit


def of_verdict(verdict: RegionVerdict | None) -> CodedConcept:
    """What the reviewer said of a region."""
    return _own(verdict.value if verdict else "undecided")


def _own(word: str) -> CodedConcept:
    """A concept of Fovea's own: SH of at most 16 characters, LO of at most 64 (PS3.5 6.2)."""
    value = re.sub(r"[^A-Za-z0-9._-]+", "-", word).strip("-")[:16] or "unnamed"
    return CodedConcept(value, SCHEME, word.replace("\\", "/")[:64] or value)
