"""What a model answers to annotated images, by the product's own stages, beside what is really there."""

import json
from collections.abc import Sequence
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


def answers(
    graph: bytes, card: ModelCard, truth: Truth, folder: Path, *, pool: RowPool, clock: Clock, effort: str = "full"
) -> tuple[Answered, ...]:
    """Answer every image of a truth file on ONNX Runtime.

    Args:
        graph: content of `model.onnx`.
        card: what the manifest says or will say; its unsure threshold is the lowest score kept.
        folder: what the truth's file names are relative to.
        effort: one of the card's.
    """
    detector = OnnxCpu().load(graph, card, pool.threads)
    try:
        found = []
        for image in truth.images:
            loaded = read(folder / image.file_name)
            scan = loaded.scan
            layout = lay_out(scan, card.input, card.head.stride, card.effort(effort))
            looked = look_in_batches(scan, card, layout, detector, pool, Budget(clock=clock), Stopwatch(clock))
            regions = place(looked.candidates, card, layout, scan, loaded.study)
            found.append(Answered(image.file_name, image.group, regions))
        return tuple(found)
    finally:
        detector.close()


def cases(answered: Sequence[Answered], truth: Truth, label: str) -> tuple[ImageCase, ...]:
    """Pair answers with the truth, for one label."""
    known = {image.file_name: image for image in truth.images}
    return tuple(case_of(known[answer.file_name], truth, label, answer.regions) for answer in answered)


def write_answers(path: Path, answered: Sequence[Answered]) -> None:
    """Keep answers as JSON, so that figures can be worked out again."""
    rows = [
        {
            "file_name": answer.file_name,
            "group": answer.group,
            "regions": [
                {"label": region.label, "score": region.score, _box_name(region): region.box_px or region.box_vox}
                for region in answer.regions
            ],
        }
        for answer in answered
    ]
    unfinished = path.with_name(f"unfinished-{path.name}")
    unfinished.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    unfinished.replace(path)


def _box_name(region: Region) -> str:
    return "box_px" if region.box_px is not None else "box_vox"


def read_answers(path: Path) -> tuple[Answered, ...]:
    """What `write_answers` wrote; bands are not kept, since they depend on the threshold."""
    return tuple(
        Answered(
            row["file_name"],
            row["group"],
            tuple(
                Region(region["label"], region["score"], "unsure", **{name: tuple(region[name])})
                for region in row["regions"]
                for name in ("box_px", "box_vox")
                if name in region
            ),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    )
