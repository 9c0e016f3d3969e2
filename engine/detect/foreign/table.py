"""Every head by the name that the manifest's `[head] kind` takes: those built in, and those that others install."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from types import MappingProxyType

from engine.detect.foreign.dense import Fcos, RetinaNet, YoloV5, YoloV8, Yolox
from engine.detect.foreign.lists import BoxList, Detr
from engine.detect.foreign.maps import AnomalyMap, ClassMask, HeatMap
from engine.detect.foreign.protocol import BoxHead, Head, MapHead
from engine.errors import ModelError

CENTER = "center"
"""This program's own head; `engine.detect.heads` decodes it, on the GPU as well."""

GROUP = "fovea.heads"
"""Entry points of this group are heads, each a class without arguments; an entry point's name is the kind."""

BUILT_IN: Mapping[str, Head] = MappingProxyType(
    {
        "yolox": Yolox(),
        "fcos": Fcos(),
        "retinanet": RetinaNet(),
        "detr": Detr(),
        "boxes": BoxList(),
        "heat-map": HeatMap(),
        "anomaly-map": AnomalyMap(),
        "class-mask": ClassMask(),
        "yolov5": YoloV5(),
        "yolov8": YoloV8(),
    }
)


def head_names() -> tuple[str, ...]:
    """Every kind that can be named here."""
    installed = sorted({point.name for point in entry_points(group=GROUP)} - {CENTER, *BUILT_IN})
    return (CENTER, *BUILT_IN, *installed)


def head_named(kind: str) -> Head:
    """The head of a kind other than `center`; a built-in one cannot be replaced.

    Raises:
        ModelError: MD-HEAD, there is none of that name, or the one that was installed cannot be used.
    """
    if kind in BUILT_IN:
        return BUILT_IN[kind]
    for point in entry_points(group=GROUP):
        if point.name == kind:
            try:
                head = point.load()()
            except Exception as error:  # other people's code: whatever it raises, this model cannot be used
                raise _unusable(kind, f"{point.value} cannot be loaded: {error}") from error
            if isinstance(head, BoxHead | MapHead):
                return head
            raise _unusable(kind, f"{point.value} is no head: it has neither boxes nor maps")
    raise _unusable(kind, f"known are {', '.join(head_names())}")


def _unusable(kind: str, why: str) -> ModelError:
    return ModelError("MD-HEAD", f"The head '{kind}' cannot be used: {why}.", "Install the package that brings it.")
