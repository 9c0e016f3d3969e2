"""The probes of this session, by study."""

from __future__ import annotations

from collections import defaultdict

from app.state.announce import Announcer
from app.state.cut import Cut
from app.state.probe import Probe


class Probes:
    """What was measured on each study while the session lasts."""

    def __init__(self) -> None:
        self.changed: Announcer[str] = Announcer()
        self._kept: defaultdict[str, list[Probe]] = defaultdict(list)

    def add(self, source: str, probe: Probe) -> None:
        """Keeps a probe that has all its points."""
        self._kept[source].append(probe)
        self.changed.announce(source)

    def remove_last(self, source: str, cut: Cut | None) -> Probe | None:
        """Forgets the newest probe that is seen on a cut.

        Returns:
            The probe, or None where there was none.
        """
        seen = self.on(source, cut)
        if seen:
            self._kept[source].remove(seen[-1])
            self.changed.announce(source)
        return seen[-1] if seen else None

    def on(self, source: str, cut: Cut | None) -> tuple[Probe, ...]:
        """The probes that are seen on a cut, or on a single picture, in the order of their making."""
        return tuple(probe for probe in self._kept.get(source, ()) if probe.lies_on(cut))
