"""The form of a file comes from its first bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from engine.intake.forms import form_of, has_image_suffix, is_text, looks_like


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"BM\x00", "bmp"),
        (b"II*\x00", "tiff"),
        (b"MM\x00*", "tiff"),
        (b"II+\x00", "tiff"),
        (bytes(128) + b"DICM", "dicom"),
        (b"II*\x00" + bytes(124) + b"DICM", "dicom"),
        (bytes(344) + b"n+1\0", "nifti"),
        (bytes(344) + b"ni1\0", "nifti"),
        (bytes(4) + b"n+2\0\r\n\x1a\n", "nifti"),
        (gzip.compress(bytes(344) + b"n+1\0" + bytes(900), mtime=0), "nifti"),
        (gzip.compress(bytes(344) + b"n+1\0" + bytes(9_000_000), mtime=0)[:200], "nifti"),
        (gzip.compress(b"something else", mtime=0), None),
        (b"\x1f\x8b\x08\x00 no stream", None),
        (b"ObjectType = Image\nNDims = 3\n", "metaimage"),
        (b"NDims=3\r\n", "metaimage"),
        (b"ObjectType of my thesis", None),
        (b"", None),
        (b"GIF89a", None),
        (bytes(132), None),
    ],
)
def test_the_form_is_told_by_content(head, form):
    assert form_of(head) == form


@pytest.mark.parametrize(
    ("head", "likeness"),
    [
        (b"GIF89a", "a GIF picture"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\x08\x00\x05\x00CS", "DICOM without its 128 byte preamble"),
        (b"<html>", "text"),
        (bytes(132), "nothing known"),
        (b"", "nothing known"),
    ],
)
def test_what_is_not_read_is_named_where_it_is_known(head, likeness):
    assert looks_like(head) == likeness


def test_text_cut_inside_a_character_is_still_text():
    assert is_text("größe".encode()[:3])
    assert not is_text(b"\xff\xfe\xfd")
    assert not is_text(b"abc\x00")


def test_suffixes_are_told_whatever_their_case():
    assert has_image_suffix(Path("a.TIFF"))
    assert has_image_suffix(Path("a.b.NII.GZ"))
    assert not has_image_suffix(Path("a.tar.gz"))
    assert not has_image_suffix(Path("a"))
    assert not has_image_suffix(Path("a.txt"))
