"""The manifests that say what each odd DICOM file is, and what reading it must do."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

BUNDLED = ROOT / "tests" / "data"
"""Small files that every clone has."""

SHARED = ROOT.parent / "shared" / "data" / "dicom"
"""The whole set, beside the clone and not part of it."""

_LOSSY_JPEG = frozenset({"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a manifest.

    Args:
        path: the file, or the folder of a series.
        facts: its columns as written.
    """

    path: Path
    facts: dict[str, str]

    @property
    def expected(self) -> str:
        """`readable`, `refuse` or `either`."""
        return self.facts["expected"]

    @property
    def pixel_hash(self) -> str:
        """First 16 digits of the SHA-256 of the stored pixels; empty where no decoder gave any."""
        return self.facts["pixel_sha256_16"]

    @property
    def grey_levels(self) -> int:
        """How far decoders of its syntax may lie apart: the cosine transform of JPEG leaves the last bit open."""
        return int(self.syntax in _LOSSY_JPEG)

    @property
    def syntax(self) -> str:
        """UID of its transfer syntax, empty where it names none."""
        return self.facts["transfer_syntax"].split(" ")[0]

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the stored pixels: frames and samples only where there are several."""
        frames, samples = int(self.facts["frames"]), int(self.facts["samples"])
        size = (int(self.facts["rows"]), int(self.facts["cols"]))
        return (*((frames,) if frames > 1 else ()), *size, *((samples,) if samples > 1 else ()))

    @property
    def value_range(self) -> tuple[float, float]:
        """Least and greatest stored value, six digits."""
        low, high = self.facts["minmax"].split("..")
        return float(low), float(high)

    @property
    def modality(self) -> str:
        """As read; a file that names none is `OT`."""
        return self.facts["modality"] or "OT"

    @property
    def steps_mm(self) -> tuple[float, float]:
        """Least and greatest distance between the slices of a series."""
        low, high = re.findall(r"slice spacing ([0-9.]+?)\.\.([0-9.]+) mm", self.facts["oddity"])[0]
        return float(low), float(high)

    @property
    def drift_mm(self) -> float:
        """How far its slices shift in their plane."""
        return float(re.findall(r"shift between slices up to ([0-9.]+) mm", self.facts["oddity"])[0])

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def rows_of(folder: Path, kind: str) -> list[Row]:
    """The lines of one kind, `file` or `series`; none where the folder is missing."""
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        return []
    with manifest.open(newline="") as file:
        return [Row(folder / facts["file"], facts) for facts in csv.DictReader(file) if facts["kind"] == kind]


def all_rows() -> list[Row]:
    """Every file that is at hand, those that are at hand twice once."""
    bundled = rows_of(BUNDLED, "file")
    sources = {row.facts["source_path"] for row in bundled}
    return [*bundled, *(row for row in rows_of(SHARED, "file") if row.facts["source_path"] not in sources)]


def explained_codes() -> frozenset[str]:
    """The codes of refusals that `docs/errors.md` explains."""
    page = (ROOT / "docs" / "errors.md").read_text()
    return frozenset(re.findall(r"^\| (IN-[A-Z0-9-]+) \|", page, re.MULTILINE))
