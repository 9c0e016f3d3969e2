"""The manifest's `[head]`: fields that every head has, and those of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.detect.foreign.protocol import TENSORS
from engine.detect.foreign.table import BUILT_IN, CENTER, head_named, head_names
from engine.registry.fields import SHARE, Choice, Field, Fields, Schema, Whole

COMMON = (
    Field("stride", Whole(1), "Network pixels a cell; a side of the tile is a multiple of it."),
    Field("nms_iou", SHARE, "Boxes that overlap a better one by more are dropped."),
    Field("max_regions", Whole(1), "Most regions kept for one study."),
)

_SAYS = "How the outputs are to be understood."


class HeadFields:
    """The form of the table: which fields it has depends on the kind."""

    def read(self, value: object, where: str) -> dict[str, Any]:
        """The common fields, and under `options` those of the kind, each with a value."""
        given = value if isinstance(value, Mapping) else {}
        kind = given.get("kind", CENTER)
        if kind not in (CENTER, *BUILT_IN):  # what others installed is asked for only then: a search of all packages
            Choice(head_names()).read(kind, f"{where} kind")
        held = _of_kind(kind, _options(kind)).read(value, where)
        common = {name: held.pop(name) for name in ("kind", *(field.name for field in COMMON))}
        defaults = {} if kind == CENTER else dict(head_named(kind).defaults)
        return common | {"options": defaults | held}

    def fields_of(self, given: Mapping[str, Any]) -> Fields:
        """The table's fields for the kind that is given; without one those of this program's own head."""
        kind = given.get("kind", CENTER)
        return _of_kind(kind, _options(kind))

    def schema(self) -> Schema:
        return {"oneOf": [_of_kind(kind, _options(kind)).schema() for kind in (CENTER, *BUILT_IN)]}


def _options(kind: str) -> tuple[Field, ...]:
    return () if kind == CENTER else (*TENSORS, *head_named(kind).fields)


def _of_kind(kind: str, options: tuple[Field, ...]) -> Fields:
    return Fields((Field("kind", Choice((kind,)), _SAYS), *COMMON, *options))
