"""Numbers as headers state them (PS3.5 6.2: DS, IS, FD, FL), or a refusal that names the element that holds none."""

from __future__ import annotations

from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.text import shortened


def numbers(elements: Elements, keyword: str, source: str, code: str | None) -> list[float]:
    """The values of an element; no value where it is missing or empty.

    Args:
        elements: of the file, or of an item in it.
        keyword: of the element.
        source: the file, for messages.
        code: of the refusal; None takes an element that holds no numbers for a missing one.

    Raises:
        InputError: with this code, for a value that is no number.
    """
    try:
        value = elements.get(keyword)
        if value is None or value == "":
            return []
        return [float(str(item)) for item in (value if hasattr(value, "__iter__") else [value])]
    except (ValueError, TypeError, OverflowError) as error:  # of pydicom as well, which converts only when asked
        if code is None:
            return []
        raise InputError(
            code,
            f"{keyword} of {source} is no number: {shortened(error, 80)}.",
            "Export the image again from the archive or scanner.",
        ) from error
