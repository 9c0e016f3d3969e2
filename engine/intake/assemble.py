"""Checked pixels to a Study and its Scan."""

from __future__ import annotations

from blake3 import blake3

from engine.domain.scan import Provenance, Scan, StoredSlice
from engine.domain.study import Instance, Study
from engine.intake.decoded import Decoded
from engine.intake.stored import StoredFile
from engine.intake.volume import Volume


def assemble(file: StoredFile, decoded: Decoded) -> tuple[Study, Scan]:
    """Puts one file's bytes, pixels and facts together, with those of the files that belong to it."""
    files = (file, *decoded.beside)
    instances = tuple(Instance(file.source, decoded.facts.sop_uid, frame) for frame in decoded.order or (0,))
    hashes = [bytes.fromhex(part.content_hash) for part in files]
    content_hash = file.content_hash if len(files) == 1 else blake3(b"".join(hashes)).hexdigest()
    study = _study(decoded, file.source, content_hash, instances)
    return study, scan_of(decoded, tuple(part.source for part in files), decoded.slices)


def assemble_series(source: str, volume: Volume) -> tuple[Study, Scan]:
    """Puts the slices of a series together."""
    study = _study(volume.decoded, source, volume.content_hash, volume.instances)
    return study, scan_of(volume.decoded, tuple(instance.path for instance in volume.instances), volume.slices)


def _study(decoded: Decoded, source: str, content_hash: str, instances: tuple[Instance, ...]) -> Study:
    facts = decoded.facts
    return Study(content_hash, facts.kind, facts.modality, source, instances)


def scan_of(decoded: Decoded, files: tuple[str, ...], slices: tuple[StoredSlice, ...] = ()) -> Scan:
    """Pixels and facts as a scan of these files; for `slices` see `Scan`."""
    facts = decoded.facts
    return Scan(
        pixels=decoded.pixels,
        kind=facts.kind,
        modality=facts.modality,
        photometric=decoded.photometric,
        provenance=Provenance(files, decoded.codec, decoded.repairs, decoded.lossy, decoded.missing),
        slope=facts.slope,
        intercept=facts.intercept,
        stored_max=decoded.stored_max,
        window=facts.window,
        spacing_mm=facts.spacing_mm,
        origin_mm=facts.origin_mm,
        direction=facts.direction,
        slices=slices,
        oriented=facts.oriented,
        exam=facts.exam,
    )
