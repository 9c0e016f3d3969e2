"""What `fovea doctor` says about parity: which run times were compared with the reference, and what came out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.finding import Finding
from engine.detect.choose import REFERENCE, backends, full_name
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Backend
from engine.domain.model_card import ModelCard
from engine.places import Home
from engine.registry.package import Package
from engine.registry.parity import together
from engine.registry.prove import prove_missing
from engine.registry.verdicts import Verdict, Verdicts


def parity_findings(home: Home, packages: Sequence[Package], *, check_now: bool) -> list[Finding]:
    """A finding for each model and each run time that works here.

    Args:
        home: where verdicts lie.
        packages: the models that may be used.
        check_now: compares first what was not compared as it is now.
    """
    verdicts = Verdicts(home)
    working = [backend for backend in backends(home) if backend.name != REFERENCE and backend.why_not() is None]
    if check_now:
        print("Comparing the run times with the reference", file=sys.stderr)
        prove_missing(packages, working, verdicts)
    return [_finding(package.card, backend, verdicts) for package in packages for backend in working]


def _finding(card: ModelCard, backend: Backend, verdicts: Verdicts) -> Finding:
    what = f"parity of {card.name} on {full_name(backend)}"
    verdict = verdicts.of(card, backend)
    if verdict is None:
        return Finding(what, "note", _why_none(card, backend), f"Run `fovea models verify {card.id}`.")
    if not verdict.passed:
        return Finding(
            what,
            "lack" if backend.name == OnnxCpu.name else "note",
            f"it is not used, since it differs from the reference: {verdict.differences[0]}",
            f"Run `fovea models verify {card.id}` again; if it stays, report it with the log.",
        )
    found = _measured(verdict)
    if backend.precision != "fp32" and (reason := verdict.why_not_lower(card)):
        step = f"Run `fovea models verify {card.id} --truth COCO --images DIR` with annotated images."
        return Finding(what, "note", f"{found}; not used: {reason}", step)
    return Finding(what, "ok", found)


def _why_none(card: ModelCard, backend: Backend) -> str:
    waits = backend.why_not_yet(card)
    return f"not compared: {waits}" if waits else "not compared with the reference as it is now"


def _measured(verdict: Verdict) -> str:
    case = together(verdict.cases)
    if case is None:
        return "nothing to compare"
    matched, wanted = sum(one.matched for one in case.classes), sum(one.wanted for one in case.classes)
    score, box_px = max(one.score for one in case.classes), max(one.box_px for one in case.classes)
    compared = f", network against {verdict.reference}" if verdict.reference else ""
    return (
        f"{matched} of {wanted} golden regions, scores within {score:.1e}, faces within {box_px:.1e} px{compared}, "
        f"{verdict.at:%Y-%m-%d}"
    )
