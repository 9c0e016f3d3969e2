"""What may stay in a de-identified DICOM dataset: the basic profile, by leaving out whatever is not known to be safe.

The table of PS3.15 E.1-1 names what must go, and grows with every edition; a private or new attribute is in none of its
rows. So the question is asked the other way round here: an element stays only if its group is about pixels or how they
were made *and* its value representation cannot hold words, or it is one of the few words listed. All that the table
removes (X) or empties (Z) goes by that rule; what an image cannot do without is put back empty or as a pseudonym (Z,
D); UIDs are mapped (U); dates move, by the option for modified longitudinal temporal information.
"""

from __future__ import annotations

from enum import Enum, auto

from pydicom import DataElement
from pydicom.tag import BaseTag

_GROUPS = frozenset({0x0008, 0x0018, 0x0020, 0x0022, 0x0028, 0x0054, 0x5200, 0x7FE0})
"""Identification of the instance and how it was made, acquisition, relationship, ophthalmic and nuclear acquisition,
image presentation, functional groups, pixels. Patient, trial, camera, visit, procedure, device, result, overlay, curve
and signature groups go as a whole."""

_NUMBERS = frozenset({"DS", "IS", "FL", "FD", "SL", "SS", "SV", "US", "UL", "UV", "AT", "TM"})
_DATES = frozenset({"DA", "DT"})

_WORDS = frozenset(
    {
        *("SpecificCharacterSet", "Manufacturer", "ManufacturerModelName", "ConvolutionKernel", "RescaleType"),
        *("ModalityLUTType", "CodeValue", "LongCodeValue", "CodingSchemeDesignator", "CodeMeaning", "StackID"),
    }
)
_EMPTIED = frozenset({"PositionReferenceIndicator", "ContrastBolusAgent"})
"""Words that an image must have a place for (type 2)."""

_SEQUENCES_OF_GROUP_8 = frozenset(
    {
        *("AnatomicRegionSequence", "AnatomicRegionModifierSequence", "PrimaryAnatomicStructureSequence"),
        *("ReferencedImageSequence", "SourceImageSequence", "ReferencedSeriesSequence", "ReferencedInstanceSequence"),
        *("DerivationImageSequence", "DerivationCodeSequence", "ReferencedSOPSequence"),
    }
)
"""The others there name institutions, physicians, diagnoses and procedures."""

_NAMING_DEVICES = frozenset({"UDISequence", "ContributingEquipmentSequence", "ModifyingDeviceID"})
"""What names devices and who used them, and would stay by its kind of value."""

_PUBLIC_SCHEMES = frozenset({"DCM", "SCT", "SRT", "SNM3", "UCUM", "LN", "FMA", "NCIt", "UMLS", "RADLEX", "MA"})
"""A code of any other scheme is the site's own, and its meaning free text."""

_BYTES = frozenset(
    {
        *("PixelData", "FloatPixelData", "DoubleFloatPixelData", "LUTData", "LUTDescriptor"),
        *(
            f"{colour}PaletteColorLookupTable{part}"
            for colour in ("Red", "Green", "Blue")
            for part in ("Data", "Descriptor")
        ),
        *("SmallestImagePixelValue", "LargestImagePixelValue", "PixelPaddingValue", "PixelPaddingRangeLimit"),
        *("ExtendedOffsetTable", "ExtendedOffsetTableLengths"),
    }
)


class Fate(Enum):
    """What becomes of an element."""

    KEPT = auto()
    REMOVED = auto()
    EMPTIED = auto()
    UID = auto()
    DATE = auto()
    ITEMS = auto()


def fate_of(element: DataElement) -> Fate:
    """What the profile does with an element.

    Source: PS3.15 E.1.1, table E.1-1, E.3.6.
    """
    tag, keyword = BaseTag(element.tag), element.keyword
    if tag.is_private or tag.group not in _GROUPS or keyword == "" or keyword in _NAMING_DEVICES:
        return Fate.REMOVED
    if element.VR == "SQ":
        return Fate.ITEMS if tag.group != 0x0008 or keyword in _SEQUENCES_OF_GROUP_8 else Fate.REMOVED
    if element.VR == "UI":
        return Fate.UID
    if element.VR in _DATES:
        return Fate.DATE
    if keyword in _EMPTIED:
        return Fate.EMPTIED
    wordless = element.VR in _NUMBERS or element.VR == "CS"
    return Fate.KEPT if wordless or keyword in _WORDS or keyword in _BYTES else Fate.REMOVED


def is_public_code(scheme: object) -> bool:
    """Whether a code of that scheme says what a dictionary says."""
    return str(scheme or "").strip() in _PUBLIC_SCHEMES
