"""Plans that are made in the background, for checks that want to see them used."""

from __future__ import annotations

import time

LIMIT_S = 120.0
"""Making one takes less than a second on an idle machine."""


def wait_for_plan(backend, graph, card):
    """Has made what loading a model waits for; gives the reason where that came to nothing."""
    begun_s = time.monotonic()
    backend.begin(graph, card)
    while (reason := backend.why_not_yet(card)) and time.monotonic() < begun_s + LIMIT_S:
        if "could not be built" in reason:
            break
        time.sleep(0.05)
    return reason
