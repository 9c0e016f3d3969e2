"""`trained.txt`: content hashes of the images that a model was trained on or chosen by; none of them measures it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.errors import ModelError
from engine.registry.package import TRAINED, Package

_DIGEST = re.compile("[0-9a-f]{64}")


def trained_text(digests: Iterable[str]) -> str:
    """The file's content: each hash once, in order, so that equal sets give equal packages."""
    return "".join(f"{digest}\n" for digest in sorted(set(digests)))


def trained_on(package: Package) -> frozenset[str] | None:
    """The hashes that a package lists; None where it lists none.

    Raises:
        ModelError: MD-TRAINED, the list holds something else; as `Package.read`.
    """
    if TRAINED not in package.names:
        return None
    digests = package.text(TRAINED).split()
    if odd := [digest for digest in digests if not _DIGEST.fullmatch(digest)]:
        raise ModelError(
            "MD-TRAINED",
            f"{TRAINED} of {package.card.name} holds '{odd[0][:80]}', which is no content hash.",
            "Pack the model again.",
        )
    return frozenset(digests)
