"""What a model answers to annotated images, by the product's own stages, beside what is really there."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.budget import Budget
from engine.clock import Clock
from engine.detect.look import look_in_batches
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.place import place
from engine.domain.model_card import ModelCard
from engine.domain.region import Region
from engine.evaluate.cases import case_of
from engine.evaluate.match import ImageCase
from engine.evaluate.truth import Truth
from engine.intake.read import read
from engine.prepare.layout import lay_out
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True)
class Answered:
    """One image and the regions a model gave."""

    file_name: str
    group: str
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a model.

    Args:
        card: what the manifest says or will say; its unsure threshold is the lowest score kept.
        truth: names the images.
        folder: what their file names are relative to.
        effort: one of the card's.
    """

    card: ModelCard
    truth: Truth
    folder: Path
    effort: str = "full"


def answers(graph: bytes, asked: Question, *, pool: RowPool, clock: Clock) -> Generator[Answered]:
    """The answers to the images of a truth file, each given on ONNX Runtime when it is asked for.

    Args:
        graph: content of `model.onnx`.
    """
    card = asked.card
    detector = OnnxCpu().load(graph, card, pool.threads)
    try:
        for image in asked.truth.images:
            loaded = read(asked.folder / image.file_name)
            scan = loaded.scan
            layout = lay_out(scan, card.input, card.head.stride, card.effort(asked.effort))
            looked = look_in_batches(scan, card, layout, detector, pool, Budget(clock=clock), Stopwatch(clock))
            regions = place(looked.candidates, card, layout, scan, loaded.study)
            yield Answered(image.file_name, image.group, regions)
    finally:
        detector.close()


def cases(answered: Sequence[Answered], truth: Truth, label: str) -> tuple[ImageCase, ...]:
    """Pair answers with the truth, for one label."""
    known = {image.file_name: image for image in truth.images}
    return tuple(case_of(known[answer.file_name], truth, label, answer.regions) for answer in answered)
