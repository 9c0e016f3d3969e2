"""`fovea inspect PATH...`: what is found at the paths, judged as intake judges it; no detector runs."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from app.cli.printing import print_json, print_table
from app.cli.searching import found_at
from engine.intake.describe import Description, describe
from engine.intake.isolated.pool import Decoders


def run(arguments: Namespace) -> int:
    """Describes each study found; exit status 1 if one is refused."""
    descriptions = []
    read = Decoders(arguments.line).read_study
    for found in found_at(arguments.paths):
        description = describe(found, modality=arguments.modality, read=read)
        descriptions.append(description)
        if arguments.json:
            print_json(asdict(description))
    if not arguments.json:
        head = ("source", "status", "kind", "shape", "spacing mm", "modality", "code", "doubts")
        print_table(head, [_row(description) for description in descriptions])
        for description in descriptions:
            if description.code:
                print(f"\n{description.source}: {description.code}: {description.reason}")
            for sentence in description.missing:
                print(f"\n{description.source}: {sentence}")
    return int(any(description.code for description in descriptions))


def _row(description: Description) -> tuple[str, ...]:
    spacing = description.spacing_mm
    return (
        description.source,
        description.status,
        description.kind or "-",
        "x".join(str(side) for side in description.shape) if description.shape else "-",
        " ".join(f"{step:g}" for step in spacing) if spacing else "-",
        description.modality or "-",
        description.code or "-",
        " ".join(description.doubts) or "-",
    )
