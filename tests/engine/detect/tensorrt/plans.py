"""Keys and labels of plans that were never built: the cache does not look into them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.detect.tensorrt.make import RTX_SUPPORTED, Make
from engine.detect.tensorrt.plan_file import Label
from engine.detect.tensorrt.plan_key import PlanKey

MAKE = Make("tensorrt-rtx", "tensorrt_rtx", "1.7.1.116", RTX_SUPPORTED)
KEY = PlanKey.of("ab" * 32, MAKE, "fp16", ((8, 9),), "580.65.06")
GRAPH = "cd" * 32
PLAN = b"what a builder made" * 100


def key_with(**changes: Any) -> PlanKey:
    return replace(KEY, **changes)


def label_of(key: PlanKey = KEY, graph: str = GRAPH) -> Label:
    return Label(key, graph, "2026-11-21T10:00:00+00:00", 1.5)
