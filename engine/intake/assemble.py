"""Checked pixels to a Study and its Scan."""

from __future__ import annotations

from engine.domain.scan import Provenance, Scan
from engine.domain.study import Instance, Study
from engine.intake.decoded import Decoded
from engine.intake.stored import StoredFile


def assemble(file: StoredFile, decoded: Decoded) -> tuple[Study, Scan]:
    """Puts one file's bytes, pixels and facts together."""
    facts = decoded.facts
    study = Study(
        content_hash=file.content_hash,
        kind=facts.kind,
        modality=facts.modality,
        source=file.source,
        instances=(Instance(file.source, facts.sop_uid),),
    )
    scan = Scan(
        pixels=decoded.pixels,
        kind=facts.kind,
        modality=facts.modality,
        photometric=decoded.photometric,
        provenance=Provenance((file.source,), decoded.codec, decoded.repairs, decoded.lossy),
        slope=facts.slope,
        intercept=facts.intercept,
        stored_max=decoded.stored_max,
        window=facts.window,
        spacing_mm=facts.spacing_mm,
        origin_mm=facts.origin_mm,
        direction=facts.direction,
    )
    return study, scan
