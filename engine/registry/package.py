"""A model package: a folder or a zip with a manifest, a graph and what proves both, read with every byte checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.domain.model_card import ModelCard
from engine.errors import ModelError
from engine.registry.admissions import Admission
from engine.registry.contents import FILE_MAX_BYTES, Contents, open_contents
from engine.registry.manifest import read_manifest
from engine.registry.sums import SIGNATURE, SUMS, parse_sums, sha256

MANIFEST = "manifest.toml"
GRAPH = "model.onnx"
CARD = "CARD.md"
REFERENCE = "reference.json"
GOLDEN = "golden/"
TRAINED = "trained.txt"
"""Optional: content hash (BLAKE3, hexadecimal) of each image that the model was trained on or chosen by, one a line."""

_TEXT_MAX_BYTES = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose sums and manifest were read; picklable, so that another process can open it as well.

    Args:
        path: its folder or zip.
        card: what its manifest says.
        stated: the bytes of `SHA256SUMS`, which the signature is over.
        sums: SHA-256 by file name, as stated there.
        contents: its files; use `read`, which checks them.
        admission: who let it in although nobody signed it; None for a signed one.
    """

    path: Path
    card: ModelCard
    stated: bytes = field(repr=False)
    sums: dict[str, str] = field(repr=False)
    contents: Contents = field(repr=False)
    admission: Admission | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The files that the sums cover."""
        return tuple(self.sums)

    def read(self, name: str, limit_bytes: int = FILE_MAX_BYTES) -> bytes:
        """The bytes of a file, checked against the sums in the very bytes handed out.

        Raises:
            ModelError: MD-HASH where they differ; MD-MISSING, MD-SIZE or MD-UNREADABLE.
        """
        return _checked(self.path, self.sums, self.contents, name, limit_bytes)

    def graph(self) -> bytes:
        """`model.onnx`, checked; no run time sees a byte that was not.

        Raises:
            ModelError: as `read`.
        """
        return self.read(GRAPH)

    def text(self, name: str) -> str:
        """A text file, checked.

        Raises:
            ModelError: as `read`; MD-UNREADABLE where it is not UTF-8.
        """
        return _decoded(self.path, name, self.read(name, _TEXT_MAX_BYTES))


def read_package(path: Path) -> Package:
    """Opens a package. Its signature is judged by `engine.registry.verify`.

    Raises:
        ModelError: MD-MISSING, MD-UNREADABLE, MD-UNSAFE, MD-SIZE, MD-SUMS, MD-HASH or MD-MANIFEST.
    """
    contents = open_contents(path)
    if SUMS not in contents.sizes_bytes:
        raise ModelError(
            "MD-SUMS", f"{path} has no {SUMS}: it was never packed.", "Run `fovea models pack` on the folder."
        )
    stated = contents.read(SUMS, _TEXT_MAX_BYTES)
    sums = parse_sums(stated)
    manifest = _decoded(path, MANIFEST, _checked(path, sums, contents, MANIFEST, _TEXT_MAX_BYTES))
    return Package(path, read_manifest(manifest, package_hash=sha256(stated)), stated, sums, contents)


def read_signature(contents: Contents) -> bytes | None:
    """The bytes of `SHA256SUMS.sig`; None where there is none."""
    return contents.read(SIGNATURE, _TEXT_MAX_BYTES) if SIGNATURE in contents.sizes_bytes else None


def _checked(path: Path, sums: dict[str, str], contents: Contents, name: str, limit_bytes: int) -> bytes:
    data = contents.read(name, limit_bytes)
    if sha256(data) != sums.get(name):
        raise ModelError(
            "MD-HASH",
            f"{name} of the package {path} is not the file that its maker packed.",
            "Get the package again from its maker.",
        )
    return data


def _decoded(path: Path, name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelError(
            "MD-UNREADABLE", f"{name} of the package {path} is not UTF-8 text.", "Get the package again from its maker."
        ) from error
