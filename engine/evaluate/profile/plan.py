"""What a profile is to measure, how far it is, and what it found so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from engine.detect.choose import full_name
from engine.domain.timing import Timing
from engine.evaluate.profile.result import Accuracy, LeftOut, Row, Speed
from engine.evaluate.profile.variants import Variant
from engine.evaluate.truth import Truth
from engine.intake.find import Found
from engine.registry.package import Package


@dataclass(frozen=True, slots=True)
class Set:
    """An annotated set.

    Args:
        truth: what is annotated.
        folder: what its file names are relative to.
        hit_iou: overlap from which a finding is found.
        seed: of the bootstrap.
    """

    truth: Truth
    folder: Path
    hit_iou: float
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    Args:
        package: the model.
        variants: the ways to answer, in order of preference.
        timed: images whose answers are timed.
        repeats: how often each way answers each of them.
        annotated: None measures no accuracy.
        modality: of volumes that name none.
    """

    package: Package
    variants: tuple[Variant, ...]
    timed: tuple[Found, ...]
    repeats: int
    annotated: Set | None = None
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is.

    Args:
        done: answers.
        of: so many in all.
        left_s: that the others will take, as far as it is known by now.
    """

    done: int
    of: int
    left_s: float


@dataclass(slots=True)
class Findings:
    """What was measured so far; a stop leaves it as it is.

    Args:
        timed: the images that were timed: those of the plan that the model answers.
        memory_bytes: by the name of a variant, as the six that follow.
        gpu_bytes: taken of the GPU's memory.
        timings: of what was timed.
        ran_on: what really answered.
        stood_in: doubts of answers that the CPU gave in place of a GPU.
        accuracy: of each label.
        unanswered: how many images of the set were not answered in full.
        left_out: variants whose run time could not answer.
        reference: name of the variant that changes are told against.
        complete: nothing was stopped.
    """

    timed: tuple[Found, ...] = ()
    memory_bytes: dict[str, int] = field(default_factory=dict)
    gpu_bytes: dict[str, int] = field(default_factory=dict)
    timings: dict[str, list[Timing]] = field(default_factory=lambda: defaultdict(list))
    ran_on: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stood_in: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    accuracy: dict[str, tuple[Accuracy, ...]] = field(default_factory=dict)
    unanswered: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    reference: str = ""
    complete: bool = False

    def row(self, variant: Variant) -> Row:
        """What is known of one of them."""
        name = variant.name
        return Row(
            backend=full_name(variant.backend),
            effort=variant.effort,
            answers=variant.answers,
            why_not=variant.why_not,
            ran_on=tuple(sorted(self.ran_on[name])),
            stood_in=tuple(sorted(self.stood_in[name])),
            speed=Speed.of(tuple(self.timings[name])),
            memory_bytes=self.memory_bytes.get(name),
            gpu_bytes=self.gpu_bytes.get(name),
            accuracy=self.accuracy.get(name, ()),
            unanswered=self.unanswered.get(name, 0),
        )
