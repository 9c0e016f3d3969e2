"""Pictures that may show a name in their pixels: they leave without one only once a person has looked at them."""

from __future__ import annotations

from pydicom import Dataset

from engine.domain.study import Study
from engine.errors import ExportError

_OFTEN = frozenset({"US", "IVUS", "ES", "XC", "GM", "SM", "OP", "SC", "OT", "DOC", "VF", "photo"})
"""Modalities whose devices, or whoever scanned a film, write text into the picture: ultrasound, endoscopes, cameras,
screenshots and papers."""

_SECONDARY = "1.2.840.10008.5.1.4.1.1.7"
"""Secondary Capture Image Storage and its multi-frame kin (PS3.4 B.5)."""


def require_confirmed(study: Study, head: Dataset | None, confirmed: bool) -> None:
    """Lets a study's pixels leave a de-identified export.

    Args:
        study: what is about to leave.
        head: what one of its DICOM files says; None of other files.
        confirmed: a person has looked at the pictures of this export.

    Raises:
        ExportError: EX-BURNED-IN, the picture is of a kind that often shows text, or says itself that it does.
    """
    why = why_doubtful(study, head)
    if why and not confirmed:
        raise ExportError(
            "EX-BURNED-IN",
            f"{study.source} may show a name in its pixels: {why}. Nothing here removes what is drawn there.",
            "Look at the pictures; if they show none, export again with --confirm-burned-in.",
        )


def why_doubtful(study: Study, head: Dataset | None) -> str:
    """Why pixels may show a name; empty where nothing says so."""
    stated = str(head.get("BurnedInAnnotation") or "").strip().upper() if head is not None else ""
    if stated == "YES":
        return "its file says so (0028,0301)"
    if stated == "NO":
        return ""
    if study.kind == "photograph":
        return "it is a photograph"
    if head is not None and str(head.get("SOPClassUID") or "").startswith(_SECONDARY):
        return "it is a secondary capture"
    return f"its modality is {study.modality}" if study.modality in _OFTEN else ""
