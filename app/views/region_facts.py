"""What is known of the chosen region of a volume: where it lies and what was measured."""

from __future__ import annotations

import math

from app.state.measures import NAMES, measured
from app.text import tr
from app.views.fact_table import FactTable
from engine.domain.region import Region


class RegionFacts(FactTable):
    """Empty and hidden while no region is chosen, or the chosen one lies in a picture."""

    def show_region(self, region: Region | None) -> None:
        """Shows the facts of another region."""
        self.show_facts([] if region is None or region.box_vox is None else facts_of(region))


def facts_of(region: Region) -> list[tuple[str, str]]:
    """Names and values; what is not known is left out."""
    facts = [(tr(NAMES.get(one.name, one.name.capitalize())), measured(one)) for one in region.measures]
    if region.box_vox is not None:
        first, last = math.floor(region.box_vox[0]) + 1, math.ceil(region.box_vox[3])
        facts.append((tr("Slices"), f"{first}" if first >= last else f"{first} {tr('to')} {last}"))
    if region.center_mm is not None:
        facts.append((tr("Centre"), "{:.1f}, {:.1f}, {:.1f} mm".format(*region.center_mm)))
    return facts
