"""How long it takes until a worker is ready where none is, learned from the last starts."""

from __future__ import annotations

import time

from engine.queue.forecast import Forecast, forecast_of
from engine.queue.pulse import Pulse

_ASSUMED_S = 10.0
"""Of a machine that has started none yet; the very first start, which compiles the kernels, takes longer."""


def until_ready(pulse: Pulse) -> Forecast | None:
    """What is left of the start of a worker; None where one is ready.

    Whoever asks sees to it that there is one, or is told that nobody does.
    """
    alive = [sign for sign in pulse.signs("worker") if sign.is_alive]
    if any(sign.facts.get("ready") for sign in alive):
        return None
    whole = forecast_of(pulse.starts_s(), _ASSUMED_S)
    began_s = max((sign.facts["began_s"] for sign in alive if "began_s" in sign.facts), default=None)
    passed_s = 0.0 if began_s is None else max(0.0, time.monotonic() - began_s)
    return Forecast(
        max(0.0, whole.p10_s - passed_s),
        max(0.0, whole.p50_s - passed_s),
        max(0.0, whole.p90_s - passed_s),
        max(0.0, whole.most_s - passed_s),
        whole.basis,
    )
