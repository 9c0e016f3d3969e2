"""Is a package whole, and whose is it: every file's hash, nothing missing or added, and the signature."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from engine.domain.model_card import ModelCard
from engine.errors import ModelError
from engine.registry.admissions import Admission
from engine.registry.package import CARD, GOLDEN, GRAPH, REFERENCE, Package, read_package, read_signature
from engine.registry.sign import Signature, Trust, TrustedKey, judge
from engine.registry.sums import SIGNATURE, SUMS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a package found.

    Args:
        card: what its manifest says; `card.hash` identifies every byte of it.
        signature: whose it is.
        problems: what is wrong with its files, one sentence each.
    """

    card: ModelCard
    signature: Signature
    problems: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whole, and signed by a trusted key."""
        return not self.problems and self.signature.trust is Trust.TRUSTED

    @property
    def summary(self) -> str:
        """One line for a person."""
        files = "every file as packed" if not self.problems else f"{len(self.problems)} problems with its files"
        signer = f" ({self.signature.signer})" if self.signature.signer else ""
        return f"{self.card.name}: {files}, {self.signature.trust}{signer}"


def verify(path: Path, trusted: tuple[TrustedKey, ...]) -> Verdict:
    """Reads every byte of a package.

    Args:
        path: its folder or zip.
        trusted: keys whose packages may be used.

    Raises:
        ModelError: where it cannot be opened as a package at all: as `read_package`.
    """
    package = read_package(path)
    return Verdict(package.card, signature_of(package, trusted), (*_files(package), *_hashes(package)))


def require_usable(package: Package, trusted: tuple[TrustedKey, ...], admission: Admission | None = None) -> Package:
    """Lets a package through whose files are all listed and whose list a trusted key has signed.

    The files themselves are checked when they are read: `Package.read` hands out no byte that the list does not cover.

    Args:
        package: its folder or zip.
        trusted: keys whose packages may be used.
        admission: lets this very package through although it is not signed.

    Returns:
        The package, marked where nobody signed it.

    Raises:
        ModelError: MD-FILES, MD-UNSIGNED, MD-UNTRUSTED or MD-SIGNATURE.
    """
    if problems := _files(package):
        raise ModelError(
            "MD-FILES", f"The package {package.path}: {problems[0]}", "Get the package again from its maker."
        )
    signature = signature_of(package, trusted)
    if signature.trust is Trust.TRUSTED:
        return package
    if signature.trust is Trust.UNSIGNED and admission is not None and admission.model_hash == package.card.hash:
        return replace(package, admission=admission)
    code, next_step = _REFUSALS[signature.trust]
    raise ModelError(code, f"The package {package.path} is refused: {signature.trust}.", next_step)


def signature_of(package: Package, trusted: tuple[TrustedKey, ...]) -> Signature:
    """Whose signature a package carries.

    Raises:
        ModelError: MD-SIZE or MD-UNREADABLE.
    """
    return judge(package.stated, read_signature(package.contents), trusted)


_REFUSALS = {
    Trust.UNSIGNED: (
        "MD-UNSIGNED",
        "Pack it with a key: fovea models pack --key FILE; an administrator can let it in with fovea models import "
        "--unsigned --reason TEXT.",
    ),
    Trust.UNKNOWN_KEY: ("MD-UNTRUSTED", "If you trust its maker, put their public key (*.pub) into HOME/keys/trusted."),
    Trust.BROKEN: ("MD-SIGNATURE", "Get the package again from its maker."),
}


def _files(package: Package) -> tuple[str, ...]:
    there = set(package.contents.sizes_bytes) - {SUMS, SIGNATURE}
    listed = set(package.sums)
    required = {GRAPH, CARD, REFERENCE}
    return (
        *(f"{name} is missing." for name in sorted((listed | required) - there)),
        *(f"{name} is not listed in {SUMS}." for name in sorted(there - listed)),
        *(() if any(name.startswith(GOLDEN) for name in there) else (f"{GOLDEN} holds no case.",)),
    )


def _hashes(package: Package) -> tuple[str, ...]:
    problems = []
    for name in sorted(set(package.sums) & set(package.contents.sizes_bytes)):
        try:
            package.read(name)
        except ModelError as error:
            problems.append(error.message)
    return tuple(problems)
