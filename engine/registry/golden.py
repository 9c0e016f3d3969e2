"""Golden cases: inputs that a package carries, with the regions it must find in them on every machine.

A case is two files of one name: `golden/NAME.png` or, for a model of volumes, `golden/NAME.mha`, answered as any other
study is, and `golden/NAME.json`:
`{"regions": [{"label": "pitting", "score": 0.91, "band": "sure", "box_px": [x0, y0, x1, y1]}, ...]}`, in the order of
an outcome; in volumes `box_vox` instead. An answer agrees with it within the parity limits of the manifest.

`golden/NAME.npy` may stand beside them: what the reference, torch, answered to the middle batch of tiles, heat and
box joined along the second axis. Machines without torch hold a network's own answers against it.
"""

from __future__ import annotations

import io
import json
import math
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, get_args

import numpy as np

from engine.detect.foreign.table import CENTER
from engine.detect.protocol import RawOutput
from engine.domain.region import Band, Region
from engine.errors import ModelError
from engine.registry.package import GOLDEN, Package

INPUTS = (".png", ".mha")
NETWORK = ".npy"

_HEADER_MAX_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """One input and what must be found in it.

    Args:
        name: the files' name without folder and ending.
        ending: of the input's name, one of `INPUTS`.
        image: the bytes of the input.
        regions: in the order of an outcome.
        network: what the reference answered to the middle batch; None where it was not stored.
    """

    name: str
    ending: str
    image: bytes
    regions: tuple[Region, ...]
    network: RawOutput | None = None


def golden_cases(package: Package) -> tuple[GoldenCase, ...]:
    """The golden cases of a package, by name, each byte checked.

    Raises:
        ModelError: MD-GOLDEN where half of a case is missing or its regions cannot be read; else as `Package.read`.
    """
    files = {PurePosixPath(name) for name in package.names if name.startswith(GOLDEN)}
    images = sorted(file for file in files if file.suffix in INPUTS)
    answers = [image.with_suffix(".json") for image in images]
    stored = {image.with_suffix(NETWORK) for image in images} & files
    if odd := files ^ {*images, *answers, *stored} or {answer for answer in answers if answers.count(answer) > 1}:
        raise _wrong(min(odd).name, f"belongs to no pair of NAME.json and NAME{' or NAME'.join(INPUTS)}")
    return tuple(
        GoldenCase(
            image.stem,
            image.suffix,
            package.read(str(image)),
            read_regions(answer.name, package.text(str(answer))),
            _network(package, image.with_suffix(NETWORK)) if image.with_suffix(NETWORK) in stored else None,
        )
        for image, answer in zip(images, answers, strict=True)
    )


def read_regions(name: str, text: str) -> tuple[Region, ...]:
    """The regions of a case's JSON.

    Raises:
        ModelError: MD-GOLDEN, naming the file.
    """
    try:
        return tuple(_region(item) for item in json.loads(text)["regions"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _wrong(name, f"cannot be read as regions: {type(error).__name__} {error}") from error


def regions_json(regions: tuple[Region, ...]) -> str:
    """The content of a case's JSON; floats keep every bit."""
    items = [
        {"label": region.label, "score": region.score, "band": region.band}
        | ({"box_vox": region.box_vox} if region.box_px is None else {"box_px": region.box_px})
        for region in regions
    ]
    return json.dumps({"regions": items}, indent=1) + "\n"


def network_bytes(raw: RawOutput) -> bytes:
    """The content of a case's stored answers; floats keep every bit."""
    content = io.BytesIO()
    np.save(content, np.concatenate([raw.heat, raw.box], axis=1), allow_pickle=False)
    return content.getvalue()


def _network(package: Package, file: PurePosixPath) -> RawOutput:
    """The stored answers of a case; their shape is judged before as much memory is taken as it claims."""
    card = package.card
    if card.head.kind != CENTER:
        raise _wrong(file.name, f"holds answers of the head '{CENTER}', the model has '{card.head.kind}'")
    labels, cells = len(card.labels), [side // card.head.stride for side in card.input.tile]
    wanted = (card.input.batch, labels + 2 * len(cells), *cells)
    content = io.BytesIO(package.read(str(file), 2 * _HEADER_MAX_BYTES + 4 * math.prod(wanted)))
    try:
        if np.lib.format.read_magic(content) != (1, 0):
            raise _wrong(file.name, "is not in version 1 of NumPy's format")
        shape, fortran, form = np.lib.format.read_array_header_1_0(content, _HEADER_MAX_BYTES)
    except ValueError as error:
        raise _wrong(file.name, f"cannot be read: {error}") from error
    values = content.read()
    if (shape, fortran, form) != (wanted, False, np.dtype("<f4")) or len(values) != 4 * math.prod(wanted):
        raise _wrong(file.name, f"holds {form} {shape} in {len(values)} bytes, wanted float32 {wanted}")
    joined = np.frombuffer(values, np.float32).reshape(wanted)
    if not np.isfinite(joined).all():
        raise _wrong(file.name, "holds values that are no numbers")
    return RawOutput(heat=joined[:, :labels], box=joined[:, labels:])


def _region(item: dict[str, Any]) -> Region:
    if item["band"] not in get_args(Band):
        msg = f"band {item['band']!r}"
        raise ValueError(msg)
    named = str(item["label"]), float(item["score"]), item["band"]
    if "box_vox" in item:
        z0, y0, x0, z1, y1, x1 = map(float, item["box_vox"])
        return Region(*named, box_vox=(z0, y0, x0, z1, y1, x1))
    x0, y0, x1, y1 = map(float, item["box_px"])
    return Region(*named, box_px=(x0, y0, x1, y1))


def _wrong(name: str, what: str) -> ModelError:
    return ModelError("MD-GOLDEN", f"The golden case {name} {what}.", "Correct the case and pack the model again.")
