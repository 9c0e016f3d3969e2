"""A loaded network with a head of another design: it looks at whole scans by itself, tile by tile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from numpy.typing import NDArray

from engine.budget import Budget
from engine.detect.foreign.collect import BoxCollector, Collector, MapCollector
from engine.detect.foreign.protocol import BoxHead, Head, MapHead, tensor_names
from engine.detect.look import Looked
from engine.detect.pace import Pace
from engine.detect.protocol import FloatArray, RawOutput
from engine.detect.terms import input_shape, require_tiles
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.errors import BudgetExceeded, Cancelled, ModelError, ProgramError
from engine.prepare.layout import Layout
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch

Run = Callable[[Sequence[str], str, FloatArray], Sequence[NDArray[Any]]]
"""Runs a network: names of the outputs wanted, name of the input, a batch of tiles."""

Found = Mapping[str, tuple[Sequence[object], str]]
"""Shape and element type of each of a graph's inputs and outputs, as ONNX names types."""

_FLOAT = "float"
_TYPES = {"classes": (_FLOAT, "int64", "int32")}


class ForeignDetector:
    """Answers with one network. Calls come from one thread at a time."""

    def __init__(self, card: ModelCard, head: Head, backend: str, run: Run, close: Callable[[], None]) -> None:
        self.backend = backend
        self._card = card
        self._head = head
        self._run = run
        self.close = close

    def run(self, tiles: FloatArray) -> RawOutput:
        """Heat and distances are what the head `center` answers; nothing asks another head for them.

        Raises:
            ProgramError: PR-HEAD, always.
        """
        raise ProgramError(
            "PR-HEAD",
            f"{self._card.name} was asked for a heat map of {len(tiles)} tiles; its head is '{self._card.head.kind}'.",
            "Report it with the log.",
        )

    def look(
        self, scan: Scan, card: ModelCard, layout: Layout, pool: RowPool, budget: Budget, watch: Stopwatch
    ) -> Looked:
        """See `engine.detect.look.look`."""
        with watch.stage("prepare"):
            maker = TileMaker(scan, card.input, layout, pool)
        collector = _collector(self._head, card, layout)
        stopped_by: BudgetExceeded | Cancelled | None = None
        pace = Pace(budget)
        done, of = 0, len(layout.origins)
        try:
            while done < of:
                origins = layout.origins[done : done + card.input.batch]
                with pace.batch():
                    with watch.stage("prepare"):
                        tiles = maker.make(origins)
                    with watch.stage("detect"):
                        outputs = self._answered(tiles)
                    with watch.stage("merge"):
                        collector.add(outputs, origins)
                    done += len(origins)
                watch.share = done / of
        except (BudgetExceeded, Cancelled) as stop:
            stopped_by = stop
        with watch.stage("merge"):
            candidates = collector.candidates()
        return Looked(candidates, layout.coverage(done), stopped_by, done, self.backend)

    def _answered(self, tiles: FloatArray) -> dict[str, NDArray[Any]]:
        require_tiles(self._card, tiles)
        taken, given = tensor_names(self._head, self._card)
        names = tuple(self._head.shapes(self._card))
        return dict(zip(names, self._run(given, taken, tiles), strict=True))


def require_tensors(card: ModelCard, head: Head, found: Found) -> None:
    """Lets a graph through whose tensors are those that its head wants.

    Raises:
        ModelError: MD-GRAPH, naming the tensor.
    """
    taken, given = tensor_names(head, card)
    _require(card, taken, input_shape(card), (_FLOAT,), found)
    for name, (own, shape) in zip(given, head.shapes(card).items(), strict=True):
        _require(card, name, shape, _TYPES.get(own, (_FLOAT,)), found)


def _require(card: ModelCard, name: str, shape: Sequence[int | None], types: Sequence[str], found: Found) -> None:
    if name not in found:
        _misfit(card, f"has no tensor '{name}' (it has {', '.join(found)}); [head] input and outputs name them")
    stated, element = found[name]
    fits = len(stated) == len(shape) and all(
        isinstance(side, int) if wanted is None else side == wanted for side, wanted in zip(stated, shape, strict=False)
    )
    if not fits or element not in types:
        wanted = ["any" if side is None else side for side in shape]
        _misfit(card, f"has '{name}' as {list(stated)} {element}, its head wants {wanted} {' or '.join(types)}")


def _misfit(card: ModelCard, what: str) -> NoReturn:
    raise ModelError(
        "MD-GRAPH",
        f"The graph of {card.name} {what}.",
        "Correct the manifest or export the graph again with fixed shapes, then pack the model.",
    )


def _collector(head: Head, card: ModelCard, layout: Layout) -> Collector:
    if isinstance(head, BoxHead):
        return BoxCollector(head, card, layout)
    if isinstance(head, MapHead):
        return MapCollector(head, card, layout)
    raise ProgramError("PR-HEAD", f"The head '{card.head.kind}' has neither boxes nor maps.", "Report it with the log.")
