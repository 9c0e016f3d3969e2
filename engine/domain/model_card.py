"""A model card: everything that training and this program must agree on, as read from `manifest.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.domain.study import Kind
from engine.errors import UsageError

Range = Literal["values", "percentiles"]
Unlike = Literal["doubt", "refuse"]


MODEL_ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""How the id of a model is written."""


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What the network takes, and how pixels become it.

    Args:
        channels: 1 or 3.
        tile: (H, W) or (D, H, W) of the network's input, in its own pixels or voxels.
        batch: tiles in one call; the exported graph has exactly this batch.
        spacing_mm: (z, y, x) of the network's grid; None leaves the study's own pixels as they are.
        low: what becomes 0 before normalising; with `high`, a window. In the unit of `range`.
        high: what becomes 1.
        range: what `low` and `high` are. `values`: real values; for photographs 0 and 1 mean the full range of the
            stored form. `percentiles`: shares in percent of the study's own pixels, for images without a fixed scale
            (magnetic resonance, fluorescence).
        mean: per channel, subtracted after the window.
        std: per channel, divided by.
    """

    channels: int
    tile: tuple[int, ...]
    batch: int
    spacing_mm: tuple[float, float, float] | None
    low: float
    high: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    range: Range = "values"


@dataclass(frozen=True, slots=True)
class HeadSpec:
    """How raw outputs become boxes.

    Args:
        kind: name of a head, see `engine.detect.head_table`. `center`: a heat map a label and distances to the faces
            of the box.
        stride: network pixels a cell; of a head with several levels, of the coarsest.
        nms_iou: boxes that overlap a better one by more are dropped.
        max_regions: most regions kept for one study; reaching it is a doubt.
        options: what heads of this kind leave open, by name.
    """

    kind: str
    stride: int
    nms_iou: float
    max_regions: int
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effort:
    """One work variant of the model.

    Args:
        name: `full` always exists.
        overlap: share of a tile that neighbours share at least, for each axis, 0..0.9.
        flips: the views of each tile whose mean is the answer: the axes that are reversed, letters of `zyx`; the
            empty text is the tile as it is.
        again_flips: further views, of those tiles alone in which one of the first finds a heat of `again_from` or more.
        again_from: heat, 0..1.
        coarser: by how much larger than the model's own the network's pixels are, 1 or more.
        figures: measured on the test split with this effort, by name; those of `full` are the card's acceptance.
    """

    name: str
    overlap: float
    flips: tuple[str, ...] = ("",)
    again_flips: tuple[str, ...] = ()
    again_from: float = 1.0
    coarser: float = 1.0
    figures: dict[str, float] = field(default_factory=dict)

    def in_views(self, flips: tuple[str, ...]) -> Effort:
        """The same effort, in these views of every tile and no others."""
        return replace(self, flips=flips, again_flips=())


@dataclass(frozen=True, slots=True)
class DomainSpec:
    """What the model was validated on; anything else is out of domain.

    Args:
        kinds: forms of study.
        modalities: DICOM modalities, or `photo`.
        size_px: smallest and largest length of a side, in the study's pixels.
        spacing_mm: smallest and largest spacing between pixels; None if it does not matter.
        gap_mm: largest step between two slices of a volume; a larger one is a gap, and the study is refused. None
            leaves it at what the steps beside it say.
        brightness: darkest and brightest mean of a study's stored values, as a share of what their form can hold; None
            if it does not matter.
        unlike: what becomes of a study whose pixels are unlike the training images: it is doubted, or out of domain.
    """

    kinds: tuple[Kind, ...]
    modalities: tuple[str, ...]
    size_px: tuple[int, int]
    spacing_mm: tuple[float, float] | None
    gap_mm: float | None = None
    brightness: tuple[float, float] | None = None
    unlike: Unlike = "doubt"


@dataclass(frozen=True, slots=True)
class ParityLimits:
    """How far a back end may be from the reference.

    Args:
        score: in a probability of the network and in the score of a region.
        box_px: in each face of a box.
        prepare: in a value of the network's input; half precision alone rounds values of 2 to 4 by 0.001.
        figure: by how much a figure of a class may be lower where the network computes in a lower precision.
    """

    score: float
    box_px: float
    prepare: float = 0.002
    figure: float = 0.005


@dataclass(frozen=True, slots=True)
class SizeSpec:
    """What the size of a region says of it; its size is its mean side, the cube root of the volume of its box.

    Args:
        smallest_mm: a smaller region is left out.
        full_mm: from here on a score counts as it is.
        slope: the odds of a smaller region's score are multiplied by (mean side / full_mm) ** slope; 0 leaves them.
    """

    smallest_mm: float
    full_mm: float
    slope: float

    def weighed(self, scores: NDArray[np.float64], sides_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """The scores that count: never higher than those of the network, so what it leaves out stays out.

        Args:
            scores: (n,) float64, 0..1.
            sides_mm: (n,) float64, mean sides; 0 of an empty box, whose score becomes 0 unless slope is 0.
        """
        odds = np.minimum(sides_mm / self.full_mm, 1.0) ** self.slope
        likely = scores * odds
        less = np.divide(likely, 1.0 - scores + likely, out=np.zeros_like(likely), where=likely > 0.0)
        return np.where(odds < 1.0, less, scores)


@dataclass(frozen=True, slots=True)
class SanitySpec:
    """What no region of a model can be; None states no rule. See `engine.checks.sanity`.

    Args:
        size_mm: smallest and largest longest side of a region.
        size_px: the same in the study's pixels, where `size_mm` is not stated or the study has no spacing.
        body_above: real value from which a pixel belongs to the body or part, of photographs a share of the full
            range; a region whose centre is not surrounded by such lies outside.
        most_regions: most sure regions of one study.
        least_slices: slices of a volume that a region spans at least.
        repeated: share of a box that lies in another one of the same class, from which one of them is a repeat.
    """

    size_mm: tuple[float, float] | None = None
    size_px: tuple[float, float] | None = None
    body_above: float | None = None
    most_regions: int | None = None
    least_slices: int | None = None
    repeated: float | None = None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model package, as its manifest states it.

    Args:
        id: short name, lower case with hyphens.
        version: semantic version.
        hash: SHA-256 of `SHA256SUMS`, hexadecimal; identifies every byte of the package.
        task: one sentence.
        labels: names of the classes, in the order of the heat maps.
        threshold: score from which a region is `sure`.
        unsure_threshold: score from which a region is kept as `unsure`.
        acceptance: figures measured on the test split, by name.
        sanity: what no region of it can be; None states no rules.
        size: for models of volumes, what the size of a region says of it; None looks at the score alone.
        licence: SPDX expression of the weights.
        attribution: who made the data that the weights come from.
    """

    id: str
    version: str
    hash: str
    task: str
    input: InputSpec
    head: HeadSpec
    labels: tuple[str, ...]
    threshold: float
    unsure_threshold: float
    efforts: tuple[Effort, ...]
    domain: DomainSpec
    parity: ParityLimits
    licence: str
    attribution: str
    acceptance: dict[str, float] = field(default_factory=dict)
    sanity: SanitySpec | None = None
    size: SizeSpec | None = None

    @property
    def name(self) -> str:
        """`id version`, as written into outcomes."""
        return f"{self.id} {self.version}"

    def effort(self, name: str) -> Effort:
        """The effort of that name.

        Raises:
            UsageError: US-EFFORT, the model has none of that name.
        """
        for effort in self.efforts:
            if effort.name == name:
                return effort
        names = ", ".join(effort.name for effort in self.efforts)
        raise UsageError("US-EFFORT", f"{self.name} has no effort '{name}'; it has {names}.", "Choose one of these.")

    def with_threshold(self, threshold: float | None) -> ModelCard:
        """The same card with another threshold, as a person asked for it; None changes nothing."""
        if threshold is None:
            return self
        return replace(self, threshold=threshold, unsure_threshold=min(self.unsure_threshold, threshold))
