"""What a plan was made from and for: if any of it changes, it is another plan."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from engine.detect.protocol import Precision
from engine.detect.tensorrt.make import Capability, Make, as_text

RECIPE = 1
"""How this program makes plans: conversion to fp16, builder flags. To be counted up when any of that changes."""


@dataclass(frozen=True, slots=True)
class PlanKey:
    """The identity of a plan.

    Args:
        model: the package's hash.
        make: `tensorrt-rtx` or `tensorrt`.
        version: of the make.
        precision: in what the network computes.
        capabilities: of the GPUs that it runs on, e.g. `("8.6", "8.9")`.
        driver: version of the driver where it was made; empty where there was none.
        recipe: how this program made it.
    """

    model: str
    make: str
    version: str
    precision: Precision
    capabilities: tuple[str, ...]
    driver: str = ""
    recipe: int = RECIPE

    @property
    def name(self) -> str:
        """A file name: whose and for what, then a digest of all of it."""
        told = json.dumps(asdict(self), sort_keys=True).encode()
        return (
            f"{self.model[:12]}-{self.precision}-{'+'.join(self.capabilities)}-{hashlib.sha256(told).hexdigest()[:16]}"
        )

    @classmethod
    def of(
        cls, model: str, make: Make, precision: Precision, capabilities: tuple[Capability, ...], driver: str = ""
    ) -> PlanKey:
        """The key of a plan that this program makes now.

        Args:
            model: the package's hash.
            make: what builds it.
            precision: in what the network computes.
            capabilities: of the GPUs that it is for.
            driver: of this machine; empty where there is none.
        """
        return cls(model, make.name, make.version, precision, tuple(map(as_text, sorted(capabilities))), driver)

    def serves(self, wanted: PlanKey) -> bool:
        """Whether this plan may be used where another is wanted.

        It may where it is for more capabilities than the one wanted, and where it was made ahead of time, without a
        driver. A plan made with another driver may not.
        """
        return (
            set(wanted.capabilities) <= set(self.capabilities)
            and self.driver in ("", wanted.driver)
            and replace(self, capabilities=wanted.capabilities, driver=wanted.driver) == wanted
        )
