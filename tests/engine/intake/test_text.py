"""Names and foreign words, made safe for one line of any record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.intake.text import printable, shortened


@pytest.mark.parametrize("name", ["a b.png", "größe.tif", "検査/1.dcm", "a\u3000b", "C:\\x"])
def test_ordinary_names_stay_as_they_are(name):
    assert printable(Path(name)) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xff\xfe.png", r"\xff\xfe.png"),
        (b"a\nb", r"a\nb"),
        (b"\x1b[31mred", r"\x1b[31mred"),
        (b"a\x7f", r"a\x7f"),
        ("a\u2028b\u202ecod.exe".encode(), r"a\u2028b\u202ecod.exe"),
    ],
)
def test_bytes_and_control_characters_are_escaped(name, shown):
    text = printable(Path(os.fsdecode(name)))
    assert text == shown
    assert text.encode("utf-8").decode() == text


def test_long_words_are_cut_and_put_on_one_line():
    assert shortened("a\n\tb\x00c") == "a b c"
    assert shortened("x" * 200) == "x" * 157 + "..."
    assert shortened(ValueError("why")) == "why"
