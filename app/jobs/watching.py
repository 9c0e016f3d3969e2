"""Reads what the monitor shows: the queue, its worker, the alarms and the newest answers. Called in a lane."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.detect.device.probe import GpuTable
    from engine.queue.alarms import Alarm, Condition
    from engine.store.database import Store
    from engine.store.tally import Measured

LOOKED_AT = 5000
"""So many of the newest answers the figures are of."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the monitor shows.

    Args:
        condition: of the queue.
        alarms: what stands, the gravest first.
        measured: the newest answers, newest first.
        gpus: what the driver says of them.
    """

    condition: Condition
    alarms: tuple[Alarm, ...]
    measured: tuple[Measured, ...]
    gpus: GpuTable


def read_watched(store: Store) -> Watched:
    """Looks at everything once.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    from engine.detect.device.probe import probe_gpus  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.queue.alarms import alarms_of, condition_of  # noqa: PLC0415
    from engine.queue.pulse import Pulse  # noqa: PLC0415
    from engine.store.tally import newest_measured  # noqa: PLC0415

    with closing(Pulse(store.home)) as pulse:
        condition = condition_of(store, pulse)
    return Watched(condition, alarms_of(condition), newest_measured(store, LOOKED_AT), probe_gpus())
