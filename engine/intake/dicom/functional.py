"""Where an attribute of a frame stands: at the top of the file, or in its functional groups."""

from __future__ import annotations

from engine.intake.dicom.elements import Elements


def described(elements: Elements, group: str, frame: int = 0) -> Elements:
    """The item that describes a frame.

    Args:
        elements: the file's.
        group: keyword of a functional group sequence, e.g. `PixelMeasuresSequence`.
        frame: 0-based.

    Returns:
        The item of the frame's own group, else of the shared one (PS3.3 C.7.6.16), else the file itself.
    """
    own = elements.get("PerFrameFunctionalGroupsSequence") or ()
    shared = elements.get("SharedFunctionalGroupsSequence") or ()
    for items in (own[frame : frame + 1], shared[:1]):
        if items and (inner := items[0].get(group)):
            item: Elements = inner[0]
            return item
    return elements
