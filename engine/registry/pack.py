"""Packing a model: a finished source folder becomes a package, all at once, the same bytes each time."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.errors import ModelError
from engine.registry.contents import Contents, open_contents
from engine.registry.golden import INPUTS, NETWORK, golden_cases
from engine.registry.package import CARD, GOLDEN, GRAPH, MANIFEST, REFERENCE, TRAINED, Package, read_package
from engine.registry.reference import read_reference
from engine.registry.sign import sign
from engine.registry.sums import SIGNATURE, SUMS, format_sums, sha256

_REQUIRED = (MANIFEST, GRAPH, CARD, REFERENCE)
_GOLDEN_ENDINGS = (*INPUTS, ".json", NETWORK)
_FIGURES = "[acceptance] figures in manifest.toml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: packing the same files twice gives the same bytes."""


def pack(source: Path, target: Path, signing_key: Ed25519PrivateKey | None = None) -> Package:
    """Makes a package; on return it is complete, before that there is nothing under its name.

    Args:
        source: a folder with manifest.toml, model.onnx, CARD.md, reference.json and golden/.
        target: a name ending in .zip for a zip, else a folder; must not exist.
        signing_key: signs it; None leaves it unsigned, and the shelf will refuse it.

    Raises:
        ModelError: MD-INCOMPLETE naming all that is missing, MD-FILES for a file that no package holds, MD-EXISTS,
            MD-MANIFEST, MD-GOLDEN, MD-REFERENCE, MD-UNREADABLE, MD-UNSAFE, MD-SIZE or MD-WRITE.
    """
    if not source.is_dir():
        raise ModelError(
            "MD-MISSING", f"There is no folder {source} to pack.", "Name the folder of the finished model."
        )
    if target.exists():
        raise ModelError("MD-EXISTS", f"{target} exists already.", "Move it away or name another target.")
    contents = open_contents(source)
    names = _names(source, contents)
    sums = {name: sha256(contents.read(name)) for name in names}
    stated = format_sums(sums)
    added = {SUMS: stated} | ({} if signing_key is None else {SIGNATURE: sign(stated, signing_key)})
    with _all_at_once(target) as temporary:
        if target.suffix == ".zip":
            _write_zip(temporary, contents, names, added)
        else:
            _write_folder(temporary, contents, names, added)
        # What stands in the package is judged, not what stood in the folder: it may have changed meanwhile.
        require_finished(read_package(temporary), source)
    return read_package(target)


def _names(source: Path, contents: Contents) -> list[str]:
    names = [name for name in contents.sizes_bytes if name not in (SUMS, SIGNATURE)]
    missing = [name for name in _REQUIRED if name not in names]
    if not any(name.startswith(GOLDEN) for name in names):
        missing.append(f"a case in {GOLDEN}")
    if missing:
        raise _incomplete(source, missing)
    require_known_names(source, names)
    return names


def require_known_names(source: Path, names: Iterable[str]) -> None:
    """Lets through what a package may hold: nothing that a library could take for code, such as a pickle.

    Raises:
        ModelError: MD-FILES, naming the first file that is none of a package's.
    """
    for name in names:
        golden = name.startswith(GOLDEN) and PurePosixPath(name).suffix in _GOLDEN_ENDINGS
        if not golden and name not in (*_REQUIRED, "LICENSE", TRAINED):
            raise ModelError("MD-FILES", f"{source} holds {name}, which no package does.", "Move it out of the folder.")


def require_finished(package: Package, source: Path) -> None:
    """Lets a package through that states figures, has words on its card, and sound golden cases and statistics.

    Raises:
        ModelError: MD-INCOMPLETE, MD-GOLDEN or MD-REFERENCE; as `Package.read`.
    """
    missing = [] if package.card.acceptance else [_FIGURES]
    if not package.text(CARD).strip():
        missing.append(f"any word in {CARD}")
    if missing:
        raise _incomplete(source, missing)
    golden_cases(package)
    read_reference(package.text(REFERENCE))


def _incomplete(source: Path, missing: list[str]) -> ModelError:
    return ModelError(
        "MD-INCOMPLETE",
        f"The model in {source} is not finished, it lacks: {', '.join(missing)}.",
        "Add it and pack again.",
    )


@contextmanager
def _all_at_once(target: Path) -> Iterator[Path]:
    """A name beside the target (and of its kind) that takes its place when the block ends well, and goes if not."""
    temporary = target.with_name(f".{secrets.token_hex(8)}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.rename(target)
    except OSError as error:
        raise ModelError(
            "MD-WRITE", f"{target} cannot be written: {error.strerror}.", "Free space, or name another target."
        ) from error
    finally:
        if temporary.is_dir():
            shutil.rmtree(temporary)
        elif temporary.exists():
            temporary.unlink()


def _write_zip(path: Path, contents: Contents, names: list[str], added: dict[str, bytes]) -> None:
    with path.open("xb") as file:
        # Stored, not deflated: another zlib would give other bytes, and weights hardly shrink.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted((*names, *added)):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.create_system = 3  # Unix, whose modes the next line speaks
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, _bytes(contents, added, name))
        file.flush()
        os.fsync(file.fileno())


def _write_folder(path: Path, contents: Contents, names: list[str], added: dict[str, bytes]) -> None:
    path.mkdir()
    for name in (*names, *added):
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(_bytes(contents, added, name))
            file.flush()
            os.fsync(file.fileno())


def _bytes(contents: Contents, added: dict[str, bytes], name: str) -> bytes:
    return added[name] if name in added else contents.read(name)
