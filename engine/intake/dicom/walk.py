"""The fast way to a plain DICOM header: from element to element up to the pixels, chosen ones kept as they lie there.

Only what is sound in every respect that matters is walked; for all else the walk steps aside, and pydicom reads.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from struct import Struct, error

from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.valuerep import EXPLICIT_VR_LENGTH_16, EXPLICIT_VR_LENGTH_32

from engine.intake.dicom.elements import PIXELS, PixelSpan, Walked
from engine.intake.dicom.layout import Chosen, Layouts
from engine.intake.dicom.plain_values import is_known_character_set, is_plain

_IMPLICIT = "1.2.840.10008.1.2"
_WALKED_NATIVE = frozenset({_IMPLICIT, "1.2.840.10008.1.2.1"})
_WALKED_ENCAPSULATED = "1.2.840.10008.1.2.4."
_RLE = "1.2.840.10008.1.2.5"

_LONG = {int.from_bytes(vr.encode(), "little"): str(vr) for vr in EXPLICIT_VR_LENGTH_32}
_SHORT = {int.from_bytes(vr.encode(), "little"): str(vr) for vr in EXPLICIT_VR_LENGTH_16}
"""Value representations whose length has four or two bytes (PS3.5 7.1.2), by their letters as a number."""

_NAMES = {0: "", **_LONG, **_SHORT}
_UI = int.from_bytes(b"UI", "little")

_UNDEFINED = 0xFFFF_FFFF
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFE_E000, 0xFFFE_E00D, 0xFFFE_E0DD
_SEQUENCE_END_BYTES = b"\xfe\xff\xdd\xe0"
_DEEPEST = 16
_CHARACTER_SET = 0x0008_0005
_SYNTAX, _SOP_CLASS = 0x0002_0010, 0x0002_0002

_explicit = Struct("<HHHH").unpack_from
_implicit = Struct("<HHI").unpack_from
_length = Struct("<I").unpack_from


def walk(
    data: bytes,
    keywords: tuple[str, ...],
    more: Callable[[int], bytes] = lambda size_bytes: b"",  # noqa: ARG005  # there is no more
    *,
    whole: bool = False,
    layouts: Layouts | None = None,
) -> Walked | None:
    """Walks from element to element up to the pixels, and looks at the chosen ones alone.

    Only files that are sound in every respect that matters here are walked: with preamble, little-endian and not
    deflated, tags ascending, known value representations, chosen values as PS3.5 wants them, and no chosen sequence.
    For all others it steps aside, and pydicom reads them. What it gives is equal to what pydicom would give.

    Args:
        data: the file from its first byte on.
        keywords: the elements to look at; the pixel elements need not be among them.
        more: gives the file from its first byte up to at least that size, or all of it where it is smaller.
        whole: also follows the pixels to their end and the elements after them to the end of the file.
        layouts: of walks up to the pixels before this one, which may spare it.

    Returns:
        None where it steps aside.
    """
    if layouts is not None and (known := layouts.read(data, keywords, more)) is not None:
        return known
    try:
        walk = _Walk(data, keywords, more, whole=whole)
        walked = walk.walked()
    except (_OddError, error):
        return None
    if layouts is not None:
        walk.teach(layouts, keywords, walked)
    return walked


class _OddError(Exception):
    """Something that is left to pydicom."""


@cache
def _table(keywords: tuple[str, ...]) -> tuple[frozenset[str], dict[int, tuple[str, str]], frozenset[int]]:
    """The keywords; by tag the keyword and its value representation; and all tags that the walk has to stop at."""
    tags = {keyword: tag_for_keyword(keyword) for keyword in keywords}
    table = {tag: (keyword, dictionary_VR(tag)) for keyword, tag in tags.items() if tag is not None}
    return frozenset(keywords), table, frozenset(table) | frozenset(PIXELS) | {_CHARACTER_SET}


class _Walk:
    """One walk over the bytes at hand."""

    def __init__(self, data: bytes, keywords: tuple[str, ...], more: Callable[[int], bytes], *, whole: bool) -> None:
        self._data = data
        self._more = more
        self._chosen, self._table, self._of_interest = _table(keywords)
        self._whole = whole
        self._explicit = True
        self._raw: dict[str, tuple[int, str, bytes]] = {}
        self._kept: list[Chosen] = []
        self._led: list[tuple[int, int]] = [(128, 132)]

    def teach(self, layouts: Layouts, keywords: tuple[str, ...], walked: Walked) -> None:
        """Leaves behind what led it; for a walk up to the pixels."""
        layouts.add(keywords, self._data, self._led, walked, self._kept)

    def walked(self) -> Walked:
        if self._data[128:132] != b"DICM":
            raise _OddError
        at, meta = self._meta()
        syntax = meta.get(_SYNTAX, b"").rstrip(b"\0").decode()
        if syntax not in _WALKED_NATIVE and not syntax.startswith(_WALKED_ENCAPSULATED) and syntax != _RLE:
            raise _OddError
        self._explicit = syntax != _IMPLICIT
        first = self._data[at + 4 : at + 6]
        if len(first) == 2 and (first.isalpha() and first.isupper()) != self._explicit:  # pydicom would switch
            raise _OddError
        pixels = self._elements(at)
        return Walked(syntax, meta.get(_SOP_CLASS, b"").rstrip(b"\0").decode(), pixels, self._chosen, self._raw)

    def _meta(self) -> tuple[int, dict[int, bytes]]:
        """The end of the file meta information, and its UIDs (PS3.10 7.1)."""
        at, last = 132, 0
        found: dict[int, bytes] = {}
        while True:
            if self._item(at)[0] >> 16 != 2:
                return at, found
            tag, vr, begin, length = self._next(at)
            if tag <= last or length == _UNDEFINED:
                raise _OddError
            last, at = tag, begin + length
            if tag in (_SYNTAX, _SOP_CLASS):
                value = self._value(begin, length)
                if vr != _UI or not value or not is_plain("UI", value) or b"\\" in value:
                    raise _OddError
                found[tag] = value
                self._led.append((begin, at))

    def _elements(self, at: int) -> PixelSpan | None:
        """Goes through the data set, keeps what is chosen, and returns where the pixels lie."""
        pixels, last, of_interest = None, 0x0003_FFFF, self._of_interest
        while not (self._whole and at == len(self._data)):
            tag, vr, begin, length = self._next(at)
            if tag <= last:
                raise _OddError
            last, at = tag, begin + length
            if tag in of_interest:
                if tag not in PIXELS:
                    self._keep(tag, vr, begin, length)
                    continue
                if pixels is not None:
                    raise _OddError
                pixels = self._pixels(tag, vr, begin, length)
                if not self._whole:
                    break
                if pixels.end != at:
                    at = (pixels.end or 0) + 8
            elif length == _UNDEFINED:
                at = self._sequence_end(tag, vr, begin)
        return pixels

    def _next(self, at: int) -> tuple[int, int, int, int]:
        """Tag, value representation, begin and length of the value of the element here."""
        data = self._data
        if at + 12 > len(data):
            data = self._extended(at + 12)
        if self._explicit:
            group, element, vr, length = _explicit(data, at)
            if vr in _SHORT:
                self._led.append((at, at + 8))
                return group << 16 | element, vr, at + 8, length
            if vr in _LONG:
                self._led.append((at, at + 12))
                return group << 16 | element, vr, at + 12, _length(data, at + 8)[0]
            raise _OddError
        group, element, length = _implicit(data, at)
        if group == 0xFFFE:
            raise _OddError
        self._led.append((at, at + 8))
        return group << 16 | element, 0, at + 8, length

    def _item(self, at: int) -> tuple[int, int]:
        """Tag and length of what begins, parts or ends a sequence here (PS3.5 7.5)."""
        data = self._data
        if at + 8 > len(data):
            data = self._extended(at + 8)
        group, element, length = _implicit(data, at)
        self._led.append((at, at + 8))
        return group << 16 | element, length

    def _extended(self, size_bytes: int) -> bytes:
        """The bytes at hand with more of the file behind them, as much as there is."""
        further = self._more(size_bytes)
        if len(further) > len(self._data):
            self._data = further
        return self._data

    def _value(self, begin: int, length: int) -> bytes:
        end = begin + length
        if end > len(self._data) and end > len(self._extended(end)):
            raise _OddError
        return self._data[begin:end]

    def _keep(self, tag: int, vr: int, begin: int, length: int) -> None:
        if length == _UNDEFINED:
            raise _OddError
        value = self._value(begin, length)
        if tag == _CHARACTER_SET:
            if not is_known_character_set(value):
                raise _OddError
            self._led.append((begin, begin + length))
        if tag not in self._table:
            return
        keyword, known_vr = self._table[tag]
        stated = _NAMES[vr] or known_vr
        if known_vr == "US or SS":
            stated = _NAMES[vr] or self._sign_of_pixels()
            known_vr = stated if stated in ("US", "SS") else ""
        if stated != known_vr or not is_plain(stated, value):
            raise _OddError
        self._raw[keyword] = (tag, stated, value)
        self._kept.append((keyword, tag, stated, begin, begin + length))
        if keyword == "PixelRepresentation":  # it says what other values are
            self._led.append((begin, begin + length))

    def _sign_of_pixels(self) -> str:
        """What an element is that is `US or SS` and does not say which (PS3.5 A.1)."""
        _, _, sign = self._raw.get("PixelRepresentation", (0, "", b""))
        return {b"\0\0": "US", b"\1\0": "SS"}.get(sign, "")

    def _pixels(self, tag: int, vr: int, begin: int, length: int) -> PixelSpan:
        if length != _UNDEFINED:
            if self._whole and begin + length > len(self._data):
                raise _OddError
            return PixelSpan(PIXELS[tag], begin, begin + length)
        if tag != 0x7FE0_0010 or _NAMES[vr] not in ("OB", "OW"):
            raise _OddError
        return PixelSpan("PixelData", begin, self._fragments_end(begin) if self._whole else None)

    def _fragments_end(self, at: int) -> int:
        """Goes from fragment to fragment (PS3.5 A.4); the delimiter must be the first, pydicom looks for no more."""
        first = self._data.find(_SEQUENCE_END_BYTES, at)
        while True:
            tag, length = self._item(at)
            if tag == _SEQUENCE_END and length == 0 and at == first:
                return at
            if tag != _ITEM or length == _UNDEFINED:
                raise _OddError
            at += 8 + length

    def _sequence_end(self, tag: int, vr: int, begin: int) -> int:
        if tag in self._table or _NAMES[vr] not in ("", "SQ") or (not vr and not self._is_sequence(tag, begin)):
            raise _OddError
        return self._items_end(begin, 1)

    def _is_sequence(self, tag: int, begin: int) -> bool:
        """Whether an element of undefined length that does not say what it is, is a sequence to pydicom too."""
        try:
            return str(dictionary_VR(tag)) == "SQ"
        except KeyError:
            return self._item(begin)[0] == _ITEM

    def _items_end(self, at: int, depth: int) -> int:
        """Goes through the items of a sequence of undefined length (PS3.5 7.5)."""
        if depth > _DEEPEST:
            raise _OddError
        while True:
            tag, length = self._item(at)
            at += 8
            if tag == _SEQUENCE_END and length == 0:
                return at
            if tag != _ITEM:
                raise _OddError
            at = self._item_end(at, None if length == _UNDEFINED else at + length, depth)

    def _item_end(self, at: int, end: int | None, depth: int) -> int:
        """Goes through the elements of an item, and must arrive where it is said to end."""
        while at != end:
            if end is None and self._item(at)[0] == _ITEM_END:
                return at + 8
            if end is not None and at > end:
                raise _OddError
            tag, vr, begin, length = self._next(at)
            if length != _UNDEFINED:
                at = begin + length
                continue
            if _NAMES[vr] not in ("", "SQ") or (not vr and not self._is_sequence(tag, begin)):
                raise _OddError
            at = self._items_end(begin, depth + 1)
        return at
