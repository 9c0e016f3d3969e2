"""Reading of what came through the queue, where a study travels without the headers of its slices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.intake.find import Found
from engine.intake.limits import NO_OTHER_LIMITS, Limits
from engine.intake.read import Loaded, Reader, nothing_to_stop
from engine.intake.series import listed


def listing_again(read: Reader) -> Reader:
    """A reader that first reads the headers of a series again.

    What is missing of the series is known from the search, which saw all of its volumes; one of them alone would count
    the slices of the others as missing.
    """

    def read_listed(
        found: Found,
        limits: Limits = NO_OTHER_LIMITS,
        *,
        modality: str | None = None,
        on_slice: Callable[[], None] = nothing_to_stop,
    ) -> Loaded:
        if found.refusal is None and len(found.files) > 1 and not found.slices:
            on_slice()
            slices = listed(found.files, found.source, limits)
            found = replace(found, slices=slices, files=tuple(header.entry for header in slices))
        return read(found, limits, modality=modality, on_slice=on_slice)

    return read_listed
