"""Where an attribute of the one frame stands: at the top of the file, or in its functional groups."""

from __future__ import annotations

from pydicom import Dataset


def described(dataset: Dataset, group: str) -> Dataset:
    """The item that describes the first frame.

    Args:
        dataset: the file's elements.
        group: keyword of a functional group sequence, e.g. `PixelMeasuresSequence`.

    Returns:
        The item of the frame's own group, else of the shared one (PS3.3 C.7.6.16), else the file itself.
    """
    for outer in ("PerFrameFunctionalGroupsSequence", "SharedFunctionalGroupsSequence"):
        if (items := dataset.get(outer)) and (inner := items[0].get(group)):
            item: Dataset = inner[0]
            return item
    return dataset
