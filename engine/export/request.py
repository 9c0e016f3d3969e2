"""What a person asks of an export."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from engine.audit.log import Json, utc_text
from engine.store.wanted import Wanted


class Kind(StrEnum):
    """What leaves the program."""

    OUTCOMES = "outcomes"
    REVIEWS = "reviews"
    AUDIT = "audit"
    COCO = "coco"
    SR = "sr"
    SEG = "seg"
    GSPS = "gsps"
    REPORT = "report"


class Form(StrEnum):
    """How tables are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Request:
    """One export.

    Args:
        kind: what leaves.
        out: the folder that it becomes; made by the export, so that it is there as a whole or not at all.
        wanted: of which studies.
        form: of the kinds that are tables.
        deidentify: names, dates, identifiers and private elements are replaced or left out.
        burned_in_confirmed: a person has looked at the pictures that may show a name in their pixels.
        wrap_photographs: photographs become DICOM instances of their own, which objects can refer to.
        binary: segmentations hold whole pixels instead of the share of each that lies in a region.
    """

    kind: Kind
    out: Path
    wanted: Wanted = field(default=Wanted())
    form: Form = Form.CSV
    deidentify: bool = False
    burned_in_confirmed: bool = False
    wrap_photographs: bool = False
    binary: bool = False

    @property
    def options(self) -> list[Json]:
        """The options that were chosen, by their names on the command line."""
        chosen = {
            "deidentify": self.deidentify,
            "confirm-burned-in": self.burned_in_confirmed,
            "wrap-photographs": self.wrap_photographs,
            "binary": self.binary,
        }
        return [name for name, on in chosen.items() if on]

    def line(self) -> dict[str, Json]:
        """The request as JSON, without its folder: what a resumed export must have in common with its first part."""
        wanted = self.wanted
        return {
            "kind": self.kind.value,
            "form": self.form.value,
            "since": utc_text(wanted.since) if wanted.since else None,
            "until": utc_text(wanted.until) if wanted.until else None,
            "study": wanted.study,
            "model": wanted.model,
            "options": self.options,
        }
