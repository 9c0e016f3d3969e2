"""Answers kept in a file as they are given, so that an assessment which was interrupted goes on where it stopped.

A JSON Lines file: the first row says what answers, each further one is an image with its regions.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.clock import Clock
from engine.domain.region import Region
from engine.learn.answers import Answered, Question, answers
from engine.prepare.pool import RowPool

OnAnswer = Callable[[Path, int, int], None]
"""Told after each image: the file of answers, how many it holds, how many it will hold."""


def quiet(_path: Path, _done: int, _of: int) -> None:
    """Tells nobody."""


def kept_answers(
    path: Path, graph: bytes, asked: Question, *, threads: int | None = None, clock: Clock, on_answer: OnAnswer = quiet
) -> tuple[Answered, ...]:
    """The answers to every image of a truth file: what a file already holds, then the rest.

    Args:
        path: keeps the answers; what another graph gave, or to another question, is written anew.
        graph: content of `model.onnx`.
        threads: of the answering; None for as many as the machine has.
    """
    truth = asked.truth
    question = repr((asked.card, asked.effort, truth.images, truth.boxes))
    made_of = hashlib.sha256(graph + question.encode()).hexdigest()
    known = {answer.file_name: answer for answer in _read(path, made_of)}
    wanted = [image.file_name for image in truth.images]
    rest = replace(asked, truth=replace(truth, images=tuple(one for one in truth.images if one.file_name not in known)))
    _write(path, made_of, [known[name] for name in wanted if name in known])
    with (
        RowPool(threads) as pool,
        path.open("a", encoding="utf-8") as file,
        closing(answers(graph, rest, pool=pool, clock=clock)) as coming,
    ):
        for answer in coming:
            file.write(f"{_row(answer)}\n")
            file.flush()
            known[answer.file_name] = answer
            on_answer(path, len(known), len(wanted))
    return tuple(known[name] for name in wanted)


def _read(path: Path, made_of: str) -> list[Answered]:
    """The whole rows of a file; none where there is no such file, or it is of something else.

    Bands are not kept, since they depend on the threshold.
    """
    if not path.exists():
        return []
    rows = path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]  # the rest of a row was cut off
    if not rows or rows[0] != _first_row(made_of):
        return []
    return [
        Answered(row["file_name"], row["group"], tuple(_region(region) for region in row["regions"]))
        for row in map(json.loads, rows[1:])
    ]


def _region(kept: dict[str, Any]) -> Region:
    places = {name: tuple(kept[name]) for name in ("box_px", "box_vox") if name in kept}
    return Region(kept["label"], kept["score"], "unsure", **places)


def _write(path: Path, made_of: str, answered: Sequence[Answered]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [_first_row(made_of), *map(_row, answered)]
    unfinished = path.with_name(f"unfinished-{path.name}")
    unfinished.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    unfinished.replace(path)


def _first_row(made_of: str) -> str:
    return json.dumps({"made_of": made_of})


def _row(answer: Answered) -> str:
    regions = [
        {
            "label": region.label,
            "score": region.score,
            **({"box_px": region.box_px} if region.box_px is not None else {"box_vox": region.box_vox}),
        }
        for region in answer.regions
    ]
    return json.dumps({"file_name": answer.file_name, "group": answer.group, "regions": regions})
