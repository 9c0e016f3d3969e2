"""A basis: all that the regions of an outcome depend on. Two studies with one basis have the same regions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Basis:
    """What must be equal for an outcome to be repeated; the model's own threshold is a part of the model.

    Args:
        content_hash: hexadecimal BLAKE3 of the stored bytes.
        kind: the form of the study.
        modality: DICOM modality, or `photo`.
        model_hash: SHA-256 of the package's sums.
        backend: run time and its version.
        effort: the work variant of the model.
        threads: that the kernels and the run time have.
        program_version: Fovea's own.
    """

    content_hash: str
    kind: str
    modality: str
    model_hash: str
    backend: str
    effort: str
    threads: int
    program_version: str
