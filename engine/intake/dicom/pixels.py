"""The stored values of all frames of a file, in one array that is written once, or in the file's own bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pydicom.uid import UID

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.dicom.bare import EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE
from engine.intake.dicom.codecs import CODEC, CODECS, Codec
from engine.intake.dicom.colour import to_rgb
from engine.intake.dicom.fragments import fragments_in, frame_streams
from engine.intake.dicom.frame import native_frames, native_view
from engine.intake.dicom.header import PixelForm
from engine.intake.dicom.opened import Opened
from engine.intake.dicom.stream import unlike_header
from engine.intake.dicom.values import fits, stored_values
from engine.intake.guard import decoding
from engine.intake.text import shortened

_DEFLATED = "1.2.840.10008.1.2.1.99"
_NATIVE = frozenset({IMPLICIT_LITTLE, EXPLICIT_LITTLE, _DEFLATED, EXPLICIT_BIG})
_MOST_NOTES = 8
"""Most distinct notes kept of the frames of one file."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredPixels:
    """What the codec gave.

    Args:
        values: (frames, rows, columns) or (frames, rows, columns, 3) of the form's dtype; colour is RGB already, a
            palette is not applied.
        codec: what decoded them.
        lossy: the codec had lost information.
        notes: what was put right, one sentence each.
    """

    values: Pixels
    codec: str
    lossy: bool
    notes: tuple[str, ...] = ()


def stored_pixels(file: Opened, form: PixelForm, source: str) -> StoredPixels:
    """Decodes all frames.

    Args:
        file: as it was opened; it holds pixels.
        form: how they are stored, within the limits.
        source: the file, for messages.

    Raises:
        InputError: one of IN-DCM-..., or IN-PIX-BITS.
    """
    begin, end = (file.pixels.begin, file.pixels.end) if file.pixels else (0, 0)
    value = memoryview(file.data)[begin:end]
    if form.syntax in _NATIVE:
        _check_defined(end, form, source)
        whole = native_view(value, form, source, in_words=file.in_words)
        if whole is not None and not _is_luminance(form) and all(fits(frame, form) for frame in whole):
            return StoredPixels(whole, "uncompressed", lossy=False)
        frames = native_frames(value, form, source, in_words=file.in_words)
        return _collected(frames, file, form, source, None, {})
    codec = CODECS.get(form.syntax)
    if codec is None or form.is_float or (form.bits_allocated == 1) != codec.single_bits:
        raise InputError(
            "IN-DCM-SYNTAX",
            f"{source} is stored as {shortened(UID(form.syntax).name, 64)} (0002,0010), which is not read"
            f"{' for such pixels' if codec else ''}.",
            "Export the image uncompressed or as JPEG, JPEG-LS, JPEG 2000 or RLE.",
        )
    fragments = fragments_in(value, source, delimited=end is None)
    streams = frame_streams(fragments, file.elements, form, source)
    notes: dict[str, None] = {}
    return _collected(_decompressed(streams, codec, form, source, notes), file, form, source, codec, notes)


def named(source: str, frame: int, form: PixelForm) -> str:
    """A frame, for messages; the file alone where it holds but one."""
    return f"{source}, frame {frame + 1} of {form.frames:,}" if form.frames > 1 else source


def _decompressed(
    streams: Iterator[bytes], codec: Codec, form: PixelForm, source: str, notes: dict[str, None]
) -> Iterator[Pixels]:
    """The samples of each frame; what the codec warns of is added to the notes."""
    for number, stream in enumerate(streams):
        where = named(source, number, form)
        with decoding(CODEC, where) as warned:  # once more, so that the refusal names the frame
            samples = codec.decode(stream, form, where)
        notes |= dict.fromkeys(warned)
        if samples.shape != form.shape:
            raise unlike_header(where, f"{samples.shape}", f"{form.rows} x {form.columns} x {form.samples}")
        yield samples


def _collected(
    frames: Iterator[Pixels], file: Opened, form: PixelForm, source: str, codec: Codec | None, notes: dict[str, None]
) -> StoredPixels:
    """Frame by frame into one array: no more than one is held beside it."""
    lossy = codec is not None and codec.lossy
    converts = _is_luminance(form) and not (codec is not None and codec.gives_rgb)
    values = np.empty((form.frames, *form.shape), form.dtype)
    for number, samples in enumerate(frames):
        where = named(source, number, form)
        coloured = to_rgb(samples, form, where) if converts else samples
        values[number], found = stored_values(coloured, file.elements, form, where, lossy=lossy)
        notes |= dict.fromkeys(found)
    codec_name = f"{CODEC} ({codec.name})" if codec is not None else "uncompressed"
    return StoredPixels(values, codec_name, lossy, tuple(notes)[:_MOST_NOTES])


def _is_luminance(form: PixelForm) -> bool:
    return form.photometric.startswith("YBR")


def _check_defined(end: int | None, form: PixelForm, source: str) -> None:
    if end is not None:
        return
    raise InputError(
        "IN-DCM-FRAGMENTS",
        f"{source} cuts its pixels into fragments, which {UID(form.syntax).name} does not know.",
        "Export the image again from the archive or scanner.",
    )
