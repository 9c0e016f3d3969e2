"""The template of a study: the image of the same part without defects, found by its name or by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.errors import InputError, OutOfDomainError
from engine.intake.find import Found, find_one
from engine.intake.forms import has_image_suffix
from engine.intake.read import Loaded
from engine.opinion.settings import OpinionRule

LEAST_LIKE = 0.8
"""Correlation of two small pictures from which they may be of one part: defects and edges hardly change them."""

_SMALL = 64

ReadOne = Callable[[Found], Loaded]
Small = NDArray[np.float32]


class Templates:
    """Finds templates and reads them; small pictures of those that were read are kept.

    Args:
        read: how a file becomes a scan.
    """

    def __init__(self, read: ReadOne) -> None:
        self._read = read
        self._small: dict[tuple[str, int, int], Small] = {}

    def of(self, study: Study, scan: Scan, rule: OpinionRule) -> Loaded:
        """The template of a study.

        Raises:
            OutOfDomainError: OD-TEMPLATE, there is none that fits.
            InputError: it cannot be read.
        """
        if scan.kind not in ("photograph", "image"):
            raise _none(f"A template is a picture, and this is a {scan.kind}")
        if not rule.name:
            return self._by_content(scan, rule)
        path = rule.folder / named(rule.name, study.source)
        if not path.is_file():
            raise _none(f"There is no template {path}")
        loaded = self._read(find_one(path))
        if _form(loaded.scan) != _form(scan):
            raise _none(f"The template {path} has another size or other colours than the study")
        return loaded

    def _by_content(self, scan: Scan, rule: OpinionRule) -> Loaded:
        """The one that is most like the study; of several alike the first by name."""
        own, best, likest = small(scan), LEAST_LIKE, None
        try:
            paths = sorted(path for path in rule.folder.iterdir() if has_image_suffix(path))
        except OSError as error:
            raise _none(f"The templates in {rule.folder} cannot be listed: {error.strerror}") from error
        for path in paths:
            like = self._small_of(path, scan)
            if like is not None and (correlation := float((own * like).mean())) > best:
                best, likest = correlation, path
        if likest is None:
            raise _none(f"None of the {len(paths)} templates in {rule.folder} is like the study")
        return self._read(find_one(likest))

    def _small_of(self, path: Path, scan: Scan) -> Small | None:
        """None where the template has another form, or is none."""
        try:
            at = path.stat()
            key = (str(path), at.st_mtime_ns, at.st_size)
            if key not in self._small:
                self._small[key] = small(self._read(find_one(path)).scan)
        except (OSError, InputError):
            return None
        found = self._small[key]
        return found if found.shape == small_shape(scan) else None


def named(pattern: str, source: str) -> str:
    """The file name of a template: `{stem}` and `{folder}` of the study's path filled in."""
    path = Path(source)
    return pattern.format(stem=path.stem, folder=path.parent.name)


def small_shape(scan: Scan) -> tuple[int, ...]:
    """Of the small picture: its sides tell one form of picture from another as far as is needed."""
    longest = max(scan.shape)
    return (*(max(1, round(side * _SMALL / longest)) for side in scan.shape), scan.channels)


def small(scan: Scan) -> Small:
    """A small picture with a mean of 0 and a spread of 1, so that the mean of a product is a correlation."""
    values = np.atleast_3d(scan.pixels).astype(np.float32)
    height, width, channels = small_shape(scan)
    for axis, side in ((0, height), (1, width)):
        edges = np.linspace(0, values.shape[axis], side, endpoint=False).astype(np.int64)
        widths = np.diff([*edges, values.shape[axis]]).astype(np.float32)
        shape = [1, 1, 1]
        shape[axis] = side
        values = (np.add.reduceat(values, edges, axis=axis) / widths.reshape(shape)).astype(np.float32)
    spread = float(values.std())
    scaled: Small = ((values - values.mean()) / np.float32(spread or 1.0)).reshape(height, width, channels)
    return scaled


def _form(scan: Scan) -> tuple[object, ...]:
    return scan.shape, scan.channels


def _none(why: str) -> OutOfDomainError:
    return OutOfDomainError(
        "OD-TEMPLATE", f"{why}.", "See what `folder` and `name` in second.toml say, and add the template."
    )
