"""A PDF, page by page, each filled from the top: headings, facts, a table, a picture. Its fonts lie in the file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import reportlab
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

MARGIN_PT = 42.0
WIDTH_PT = A4[0] - 2 * MARGIN_PT
_LEADING = 1.35
_JPEG_QUALITY = 92

_WIDE = Path("/usr/share/fonts/truetype/dejavu")
"""Debian's fonts with Greek, Cyrillic and more, which the window's own packages bring along."""

_OWN = Path(reportlab.__file__).parent / "fonts"


class Page:
    """A document of A4 pages in the making.

    Args:
        title: of the document, for the reader's window.
    """

    def __init__(self, title: str) -> None:
        self._stream = io.BytesIO()
        # Invariant: no time of day and no random number, so that equal pages are equal bytes.
        self._canvas = Canvas(self._stream, pagesize=A4, invariant=True, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Fovea")
        self._canvas.setCreator("Fovea")
        self._plain, self._bold = _fonts()
        self._top = A4[1] - MARGIN_PT

    @property
    def left_pt(self) -> float:
        """Height that is still free above the foot."""
        return float(self._top - MARGIN_PT - 14.0)

    def heading(self, text: str, size_pt: float = 16.0) -> None:
        """A line of large letters."""
        self._top -= size_pt
        self._text(MARGIN_PT, self._top, text, self._bold, size_pt, WIDTH_PT)
        self._top -= size_pt * 0.6

    def facts(self, facts: Sequence[tuple[str, str]], size_pt: float = 9.0) -> None:
        """Names and values, one below the other; long values are broken."""
        column = max((self._width(name, self._plain, size_pt) for name, _ in facts), default=0.0) + 10.0
        for name, value in facts:
            lines = self._broken(value, size_pt, WIDTH_PT - column)
            for number, line in enumerate(lines):
                self._top -= size_pt * _LEADING
                if number == 0:
                    self._grey(name, MARGIN_PT, size_pt)
                self._text(MARGIN_PT + column, self._top, line, self._plain, size_pt, WIDTH_PT - column)
        self._top -= size_pt * 0.6

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], size_pt: float = 8.0, most_lines: int = 1
    ) -> None:
        """A table with columns as wide as their longest cell; where the page is too narrow, the widest ones give way.

        Args:
            head: names of the columns.
            rows: as many texts as there are columns.
            size_pt: of the letters.
            most_lines: into which a cell is broken that is too long for its column; the last one ends in dots then.
        """
        cells = [list(head), *(list(row) for row in rows)]
        widest = [
            max(
                self._width(cell, self._bold if number == 0 else self._plain, size_pt)
                for number, cell in enumerate(column)
            )
            for column in zip(*cells, strict=True)
        ]
        widths = _shared([min(width + 8.0, WIDTH_PT / 3) for width in widest], WIDTH_PT)
        for number, row in enumerate(cells):
            font = self._bold if number == 0 else self._plain
            at, most = MARGIN_PT, 1
            for text, width in zip(row, widths, strict=True):
                lines = _at_most(most_lines, self._broken(text, size_pt, width - 4.0))
                for line_number, line in enumerate(lines, start=1):
                    y_pt = self._top - line_number * size_pt * _LEADING
                    self._text(at, y_pt, line, font, size_pt, width - 4.0)
                at, most = at + width, max(most, len(lines))
            self._top -= most * size_pt * _LEADING
            if number == 0:
                self._canvas.setLineWidth(0.4)
                self._canvas.line(MARGIN_PT, self._top - 2.5, MARGIN_PT + WIDTH_PT, self._top - 2.5)
                self._top -= 2.0
        self._top -= size_pt * 0.8

    def picture(self, image: Image.Image, height_pt: float) -> None:
        """A picture as large as fits into the width and a height."""
        scale = min(WIDTH_PT / image.width, height_pt / image.height)
        width, height = image.width * scale, image.height * scale
        stream = io.BytesIO()
        image.convert("RGB").save(stream, "JPEG", quality=_JPEG_QUALITY)
        stream.seek(0)
        self._top -= height
        self._canvas.drawImage(ImageReader(stream), MARGIN_PT + (WIDTH_PT - width) / 2, self._top, width, height)
        self._top -= 8.0

    def turn(self, foot: str) -> None:
        """Ends the page with a line at its foot, and begins another."""
        self._grey(foot, MARGIN_PT, 7.0, MARGIN_PT - 10.0)
        self._canvas.showPage()
        self._top = A4[1] - MARGIN_PT

    def close(self, foot: str) -> bytes:
        """Ends the last page with a line at its foot, and returns the document."""
        self.turn(foot)
        self._canvas.save()
        return self._stream.getvalue()

    def _grey(self, text: str, x_pt: float, size_pt: float, y_pt: float | None = None) -> None:
        self._canvas.setFillGray(0.4)
        self._text(x_pt, self._top if y_pt is None else y_pt, text, self._plain, size_pt, WIDTH_PT)
        self._canvas.setFillGray(0.0)

    def _text(self, x_pt: float, y_pt: float, text: str, font: TTFont, size_pt: float, room_pt: float) -> None:
        shown = self._fitting(_drawable(text, font), font, size_pt, room_pt)
        self._canvas.setFont(font.fontName, size_pt)
        self._canvas.drawString(x_pt, y_pt, shown)

    def _fitting(self, text: str, font: TTFont, size_pt: float, room_pt: float) -> str:
        """The text, or as much of it as there is room for."""
        if self._width(text, font, size_pt) <= room_pt:
            return text
        while text and self._width(f"{text}…", font, size_pt) > room_pt:
            text = text[:-1]
        return f"{text}…" if text else ""

    def _broken(self, text: str, size_pt: float, room_pt: float) -> list[str]:
        lines = [""]
        for word in _drawable(text, self._plain).split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if self._width(longer, self._plain, size_pt) <= room_pt or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    @staticmethod
    def _width(text: str, font: TTFont, size_pt: float) -> float:
        return float(pdfmetrics.stringWidth(text, font.fontName, size_pt))


def _fonts() -> tuple[TTFont, TTFont]:
    """Upright and bold: Debian's where they are, else those that come with the PDF library, which know Latin alone."""
    try:
        pair = TTFont("FoveaSans", _WIDE / "DejaVuSans.ttf"), TTFont("FoveaSans-Bold", _WIDE / "DejaVuSans-Bold.ttf")
    except (TTFError, OSError):
        pair = TTFont("FoveaSans", _OWN / "Vera.ttf"), TTFont("FoveaSans-Bold", _OWN / "VeraBd.ttf")
    for font in pair:
        pdfmetrics.registerFont(font)
    return pair


def _shared(widths: Sequence[float], room: float) -> list[float]:
    """Widths that fit into a room: the narrow ones as they are, the others share alike what these leave."""
    given = list(widths)
    for rank, column in enumerate(sorted(range(len(widths)), key=widths.__getitem__)):
        given[column] = min(widths[column], room / (len(widths) - rank))
        room -= given[column]
    return given


def _at_most(number: int, lines: list[str]) -> list[str]:
    """The lines, those that are too many joined to the last one."""
    return lines if len(lines) <= number else [*lines[: number - 1], " ".join(lines[number - 1 :])]


def _drawable(text: str, font: TTFont) -> str:
    """The text with what the font has no sign for, or what is no sign, written out as its code."""
    known = font.face.charToGlyph
    return "".join(char if ord(char) in known else char.encode("unicode_escape").decode() for char in text)
