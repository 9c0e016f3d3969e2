"""The tables of a recipe as frozen values, one class a table; what has a default may be left out of the file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.domain.model_card import Range, Unlike


@dataclass(frozen=True, slots=True)
class DataPart:
    """Where the annotated images are: COCO files relative to the data folder.

    Args:
        later: what the last cycles learn from instead of `train`, a split each, in this order: of as many images as it.
            After a cycle the network is so tried on images that it never saw, and memory holds one split at a time.
        normal: images without findings, on which false alarms are counted beside the test split; empty if none.
        validation: images that only the thresholds are chosen on; empty where cross-validation chooses them.
        names_from: what the file names in a truth file start from: the data folder, or the truth file's own.
    """

    train: str
    test: str
    labels: tuple[str, ...]
    later: tuple[str, ...] = ()
    normal: str = ""
    validation: str = ""
    names_from: Literal["data", "truth"] = "data"

    @property
    def learned(self) -> tuple[str, ...]:
        """All splits that the weights are learned from."""
        return (self.train, *self.later)

    def learned_in(self, cycle: int, cycles: int) -> str:
        """The split of one of so many cycles, counted from 0; after the last one it stays."""
        return self.learned[min(max(0, cycle + 1 + len(self.later) - cycles), len(self.later))]

    def images_of(self, truth: str, data_dir: Path) -> Path:
        """The folder that the file names of one of the truth files start from."""
        return data_dir if self.names_from == "data" else (data_dir / truth).parent


@dataclass(frozen=True, slots=True)
class InputPart:
    """How stored values become the network's input, and the fixed shape of the exported input; see `InputSpec`."""

    low: float
    high: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    tile: tuple[int, ...]
    batch: int
    spacing_mm: tuple[float, float, float] | None = None
    range: Range = "values"


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """Size of the network; see `networks.NetworkShape`."""

    dims: int
    widths: tuple[int, ...]
    blocks: tuple[int, ...]
    neck: int
    stride: int = 4


@dataclass(frozen=True, slots=True)
class TrainingPart:
    """The schedule. `threads` is part of it: another number gives other sums, so other weights."""

    seed: int
    threads: int
    epochs: int
    cycles: int
    crops_per_image: int
    batch: int
    crop: tuple[int, ...]
    learning_rate: float
    weight_decay: float
    warm_up_steps: int
    ema_decay: float
    gradient_limit: float
    cpu_hours: float

    def cycle_of(self, epoch: int) -> int:
        """The cycle in which an epoch lies, both counted from 0."""
        return epoch * self.cycles // self.epochs


@dataclass(frozen=True, slots=True)
class WidePart:
    """Larger crops for the last cycles, fewer at a time: what a thing is may show in its surroundings alone.

    Args:
        from_cycle: the first cycle of the schedule that learns from them, counted from 1.
        crop: instead of that of `TrainingPart`; so are `batch` and `crops_per_image`.
    """

    from_cycle: int
    crop: tuple[int, ...]
    batch: int
    crops_per_image: int


@dataclass(frozen=True, slots=True)
class AugmentPart:
    """Ranges of the random changes; `*_chance` are probabilities, factors are drawn evenly in their logarithm.

    What is left out is not changed.

    Args:
        on_finding_chance: that the crop holds a finding.
        on_bright_chance: that it holds a bright place instead; see `bright_places.py`.
        bright: real values, the lowest of a bright place's surroundings and the highest.
        on_hard_chance: that it holds a place instead that the network got wrong after the cycle before; see
            `hard_places.py`.
        hard_score: from which a region counts there.
        quarter_turns: by 90, 180 or 270 degrees besides, for scenes that have no upright.
        plain_from_cycle: from this cycle of the schedule on, counted from 1, crops are neither scaled nor turned by a
            part of a quarter, and moved by whole pixels: like what the product sees, not resampled once more.
    """

    on_finding_chance: float
    on_bright_chance: float = 0.0
    bright: tuple[float, float] = (0.0, 1.0)
    on_hard_chance: float = 0.0
    hard_score: float = 0.15
    scale: tuple[float, float] = (1.0, 1.0)
    stretch: float = 0.0
    rotation_degrees: float = 0.0
    quarter_turns: bool = False
    plain_from_cycle: int | None = None
    flip_axes: tuple[int, ...] = ()
    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 0.0
    colour: float = 0.0
    ramp: float = 0.0
    sharpness: tuple[float, float] = (0.0, 0.0)
    noise: float = 0.0


@dataclass(frozen=True, slots=True)
class PastePart:
    """Cut-out findings pasted onto other pictures; see `paste.py`. What is left out is not changed."""

    chance: float = 0.0
    most: int = 1
    scale: tuple[float, float] = (1.0, 1.0)
    rotation_degrees: float = 0.0
    contrast: tuple[float, float] = (1.0, 1.0)
    jitter_px: float = 0.0
    margin_px: int = 4


@dataclass(frozen=True, slots=True)
class LossPart:
    """Weights of the three parts of the loss, and what heat a finding has.

    Args:
        focus: power by which cells that are far off count more.
        quality: share of the heat wanted that depends on how well the cell's box fits.
        spread: width of the heat (one sigma) as a share of the finding's extent.
        least_spread_cells: the same for small findings, in cells.
    """

    heat: float
    box: float
    mask: float
    focus: float
    quality: float
    spread: float
    least_spread_cells: float


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """How the answer is decoded, and how its thresholds are chosen.

    A threshold is the lowest score with at most so many false regions an image, over the validation split or, where
    there is none, over the folds of the training split. Each fold trains the first `fold_cycles` of the schedule's
    cycles. Besides, each group is left out alone, for `alone_cycles`; 0 leaves that out.

    Args:
        folds: the groups that each fold holds out; or a number of folds, to which the seed deals the groups; none with
            a validation split.
        folds_run: how many of them are trained, the first ones; 0 is all. The thresholds then come from these alone.
    """

    nms_iou: float
    hit_iou: float
    sure_false_per_image: float
    unsure_false_per_image: float
    bootstrap_seed: int
    fold_cycles: int = 1
    folds: tuple[tuple[str, ...], ...] | int = ()
    alone_cycles: int = 0
    folds_run: int = 0


@dataclass(frozen=True, slots=True)
class EffortPart:
    """One work variant of the model; see `Effort`."""

    name: str
    overlap: float
    flips: tuple[str, ...] = ("",)
    again_flips: tuple[str, ...] = ()
    again_from: float = 1.0
    coarser: float = 1.0


@dataclass(frozen=True, slots=True)
class PackagePart:
    """What the manifest says beside the input and the head; see `ModelCard`."""

    task: str
    licence: str
    attribution: str
    kinds: tuple[str, ...]
    modalities: tuple[str, ...]
    size_px: tuple[int, int]
    max_regions: int
    parity_score: float
    parity_box_px: float
    spacing_mm: tuple[float, float] | None = None
    gap_mm: float | None = None
    brightness: tuple[float, float] | None = None
    unlike: Unlike = "doubt"
