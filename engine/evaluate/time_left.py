"""How long the rest of a set will take, by what its images took so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.clock import Clock, SystemClock


@dataclass(slots=True)
class TimeLeft:
    """Told of each image that is done, in order.

    Args:
        clock: the steady clock; replaceable in tests.
    """

    clock: Clock = field(default_factory=SystemClock)
    _first_s: float | None = field(init=False, default=None)
    _before: int = field(init=False, default=0)

    def after(self, done: int, of: int) -> float | None:
        """Seconds that the images left will take; None while there is nothing to go by.

        What came before the first image is done does not count: a model is loaded and kernels are compiled.

        Args:
            done: images done by now.
            of: so many in all.
        """
        now_s = self.clock.steady_s()
        if self._first_s is None:
            self._first_s, self._before = now_s, done
            return None if done < of else 0.0
        return (now_s - self._first_s) / (done - self._before) * (of - done)
