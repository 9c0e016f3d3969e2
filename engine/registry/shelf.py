"""The shelf: the installed models that may be used, and the choice of the one that a study is shown to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.domain.scan import Scan
from engine.errors import InputError, ModelError, OutOfDomainError, UsageError
from engine.places import RESOURCES, Home
from engine.registry.domain import why_not
from engine.registry.package import Package, read_package
from engine.registry.sign import TrustedKey, trusted_keys
from engine.registry.verify import require_usable


@dataclass(frozen=True, slots=True)
class Refused:
    """A package that is there and may not be used.

    Args:
        path: its folder or zip.
        error: why.
    """

    path: Path
    error: ModelError


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is installed.

    Args:
        packages: may be used: listed files only, signed by a trusted key; by id and version.
        refused: may not, each with its reason; never silently left out.
    """

    packages: tuple[Package, ...]
    refused: tuple[Refused, ...] = ()

    @classmethod
    def of(cls, home: Home, resources: Path | None = None) -> Shelf:
        """The bundled models and those in the home's `models` folder.

        Args:
            home: where all state lies.
            resources: the folder of what is bundled; None takes the program's own.

        Raises:
            ModelError: MD-KEYFILE where a trusted key cannot be read; what is wrong with a package stands in `refused`.
        """
        trusted = trusted_keys(home)
        found: dict[str, Package] = {}
        refused: list[Refused] = []
        for path in (*_entries((resources or RESOURCES) / "models"), *_entries(home.models)):
            try:
                package = _usable(path, trusted)
            except ModelError as error:
                refused.append(Refused(path, error))
            else:
                found.setdefault(package.card.hash, package)  # the same bytes in two places are one model
        return cls(tuple(sorted(found.values(), key=_by_name)), tuple(refused))

    def choose(self, scan: Scan, model_id: str | None = None) -> Package:
        """The model that a study is shown to: the one named, else the only one whose domain fits.

        Args:
            scan: whose kind, modality, channels, size and spacing are checked.
            model_id: an id, or `id version` where there are several of one id.

        Raises:
            OutOfDomainError: OD-MODEL where the named model was not made for this, OD-NONE where none was.
            InputError: IN-MODEL-AMBIGUOUS where more than one fits.
            ModelError: MD-NONE where no model is installed; the reason of a named model that is refused.
            UsageError: US-MODEL where no model has the name.
        """
        candidates = self.packages if model_id is None else self.named(model_id)
        if not candidates:
            raise self._nothing_usable()
        reasons = {package.path: why_not(package.card, scan) for package in candidates}
        fitting = [package for package in candidates if reasons[package.path] is None]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise _ambiguous(fitting)
        if model_id is not None and len(candidates) == 1:
            raise OutOfDomainError(
                "OD-MODEL",
                f"This is not what {candidates[0].card.name} was made for: {reasons[candidates[0].path]}.",
                "Choose a model that was validated on such studies.",
            )
        listed = "; ".join(f"{package.card.name}: {reasons[package.path]}" for package in candidates)
        raise OutOfDomainError(
            "OD-NONE",
            f"This is not what any installed model was made for ({listed}).",
            "Install a model that was validated on such studies.",
        )

    def named(self, model_id: str) -> tuple[Package, ...]:
        """The packages of that id, or the one of that `id version`.

        Raises:
            ModelError: the reason for which the package of that name may not be used.
            UsageError: US-MODEL where there is none.
        """
        found = tuple(package for package in self.packages if model_id in (package.card.id, package.card.name))
        if found:
            return found
        for refused in self.refused:
            if refused.path.stem == model_id:
                raise refused.error
        installed = ", ".join(package.card.name for package in self.packages) or "none"
        raise UsageError(
            "US-MODEL",
            f"No installed model is called '{model_id}' (installed: {installed}).",
            "See `fovea models list`.",
        )

    def _nothing_usable(self) -> ModelError:
        refused = f"; {len(self.refused)} refused, the first: {self.refused[0].error.message}" if self.refused else "."
        return ModelError(
            "MD-NONE", f"No usable model is installed{refused}", "See `fovea models list`, and install a model."
        )


def _ambiguous(fitting: list[Package]) -> InputError:
    names = ", ".join(f"{package.card.name} ({package.path})" for package in fitting)
    return InputError(
        "IN-MODEL-AMBIGUOUS",
        f"This fits the domain of {len(fitting)} models: {names}.",
        'Name one with --model ID, or --model "ID VERSION".',
    )


def _usable(path: Path, trusted: tuple[TrustedKey, ...]) -> Package:
    package = read_package(path)
    require_usable(package, trusted)
    return package


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    visible = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    return [path for path in visible if path.is_dir() or path.suffix == ".zip"]


def _by_name(package: Package) -> tuple[str, tuple[int, ...]]:
    return package.card.id, tuple(int(part) for part in package.card.version.split("."))
