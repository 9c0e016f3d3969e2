"""`reference.json`: what the training images looked like, for noticing later that the world has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain.acquisition import Acquisition
from engine.domain.sketch import NAMES
from engine.errors import ModelError
from engine.registry.likeness import Likeness

BINS = 64


@dataclass(frozen=True, slots=True)
class Reference:
    """Statistics of the training images, of all pixels, values scaled to 0..1 of the stored range.

    Args:
        images: how many were measured.
        mean: per channel.
        std: per channel.
        histogram: per channel, the share of pixels in each of `BINS` equal bins.
        likeness: what their sketches have in common; None where they are too few, or nobody made any.
        scanners: manufacturers and models that their files name; empty where they name none.
        kernels: convolution kernels that they name.
    """

    images: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    histogram: tuple[tuple[float, ...], ...]
    likeness: Likeness | None = None
    scanners: tuple[str, ...] = ()
    kernels: tuple[str, ...] = ()

    def strange(self, acquisition: Acquisition) -> tuple[str, ...]:
        """The scanner and the kernel of a study, each where it is none of those of the training images.

        What the study does not name, and what no training image names, is not compared. Software is not: every update
        would make each study strange, and that it changes is noticed by source.
        """
        pairs = ((acquisition.scanner, self.scanners), (acquisition.kernel, self.kernels))
        return tuple(
            word for word, known in pairs if word and known and word.casefold() not in {one.casefold() for one in known}
        )


def with_scanners(reference: Reference, acquisitions: Sequence[Acquisition]) -> Reference:
    """The reference with what the files of the training images say of how they were made."""
    scanners, kernels = {one.scanner for one in acquisitions}, {one.kernel for one in acquisitions}
    return replace(reference, scanners=tuple(sorted(scanners - {""})), kernels=tuple(sorted(kernels - {""})))


def measure(images: Iterable[NDArray[Any]], stored_max: float = 255.0) -> Reference:
    """Measures the training images, one at a time.

    Args:
        images: each (H, W) or (H, W, channels), stored values.
        stored_max: largest value the stored form can hold.

    Raises:
        ModelError: MD-REFERENCE without images, or where their channels differ.
    """
    count, pixels = 0, 0
    total: NDArray[np.float64] | None = None
    for image in images:
        flat = np.reshape(image, (-1, 1 if image.ndim == 2 else image.shape[-1])) / stored_max
        bins = [np.histogram(channel, BINS, (0.0, 1.0))[0] for channel in flat.T]
        sums = np.column_stack((flat.sum(axis=0), np.square(flat).sum(axis=0), np.asarray(bins)))
        if total is not None and total.shape != sums.shape:
            raise _wrong(f"image {count + 1} has {len(sums)} channels, the ones before have {len(total)}")
        total = sums if total is None else total + sums
        count, pixels = count + 1, pixels + len(flat)
    if total is None or not pixels:
        raise _wrong("no training image was given")
    mean = total[:, 0] / pixels
    std = np.sqrt(np.maximum(total[:, 1] / pixels - np.square(mean), 0.0))
    return Reference(count, _floats(mean), _floats(std), tuple(_floats(row) for row in total[:, 2:] / pixels))


def reference_json(reference: Reference) -> str:
    """The content of `reference.json`."""
    held = asdict(reference)
    for name in ("likeness", "scanners", "kernels"):
        if not held[name]:
            del held[name]
    return json.dumps(held, indent=1) + "\n"


def read_reference(text: str) -> Reference:
    """The statistics that a package carries.

    Raises:
        ModelError: MD-REFERENCE where the text does not hold them.
    """
    try:
        held = json.loads(text)
        histogram = tuple(_floats(row) for row in held["histogram"])
        reference = Reference(
            *(int(held["images"]), _floats(held["mean"]), _floats(held["std"]), histogram, _likeness(held)),
            scanners=_words(held, "scanners"),
            kernels=_words(held, "kernels"),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _wrong(f"it cannot be read: {type(error).__name__} {error}") from error
    channels = {len(reference.mean), len(reference.std), len(histogram)}
    if len(channels) != 1 or any(len(row) != BINS for row in histogram):
        raise _wrong(f"its channels do not agree, or a histogram does not have {BINS} bins")
    return reference


def _likeness(held: dict[str, Any]) -> Likeness | None:
    if (found := held.get("likeness")) is None:
        return None
    weights = tuple(_floats(row) for row in found["weights"])
    likeness = Likeness(
        tuple(map(str, found["names"])), _floats(found["centre"]), weights, float(found["limit"]), int(found["images"])
    )
    numbers = np.array([*weights, likeness.centre, (likeness.limit,) * len(NAMES)])
    if likeness.names != NAMES or numbers.shape != (len(NAMES) + 2, len(NAMES)) or not np.isfinite(numbers).all():
        raise ValueError(f"likeness is not that of {len(NAMES)} numbers called {', '.join(NAMES)}")
    return likeness


def _words(held: dict[str, Any], name: str) -> tuple[str, ...]:
    words = held.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise ValueError(f"{name} is no list of names")
    return tuple(words)


def _floats(values: Iterable[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _wrong(what: str) -> ModelError:
    return ModelError("MD-REFERENCE", f"reference.json: {what}.", "Measure the training images again.")
