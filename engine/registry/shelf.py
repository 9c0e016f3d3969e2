"""The shelf: the installed models that may be used, and the choice of the one that a study is shown to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.domain.activation import Standing
from engine.domain.scan import Scan
from engine.errors import InputError, ModelError, OutOfDomainError, UsageError
from engine.places import RESOURCES, Home
from engine.registry.admissions import Admissions
from engine.registry.domain import why_not
from engine.registry.package import Package, read_package
from engine.registry.sign import TrustedKey, trusted_keys
from engine.registry.verify import require_usable

_VERSION = re.compile(r"-\d+\.\d+\.\d+$")


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
        packages: may be used: listed files only, signed by a trusted key or let in by an administrator; by id and
            version.
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
        trusted, admissions = trusted_keys(home), Admissions(home)
        found: dict[str, Package] = {}
        refused: list[Refused] = []
        for path in (*_entries((resources or RESOURCES) / "models"), *_entries(home.models)):
            try:
                package = _usable(path, trusted, admissions)
            except ModelError as error:
                refused.append(Refused(path, error))
            else:
                found.setdefault(package.card.hash, package)  # the same bytes in two places are one model
        return cls(tuple(sorted(found.values(), key=_by_name)), tuple(refused))

    def choose(self, scan: Scan, model_id: str | None = None, standing: Standing | None = None) -> Package:
        """The model that a study is shown to: the one named, else the only one whose domain fits.

        Args:
            scan: whose kind, modality, channels, size and spacing are checked.
            model_id: an id, which means the version that answers, or `id version`, which means that one.
            standing: which version of each model answers; None asks all that are on the shelf.

        Raises:
            OutOfDomainError: OD-MODEL where the named model was not made for this, OD-NONE where none was.
            InputError: IN-MODEL-AMBIGUOUS where more than one fits.
            ModelError: MD-NONE where no model is installed, MD-INACTIVE where none of them was activated; the reason of
                a named model that is refused.
            UsageError: US-MODEL where no model has the name.
        """
        candidates, silent = self._asked(model_id, standing)
        if not candidates and silent:
            raise _inactive(silent)
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
        listed = "; ".join((*(f"{package.card.name}: {reasons[package.path]}" for package in candidates), *silent))
        raise OutOfDomainError(
            "OD-NONE",
            f"This is not what any installed model was made for ({listed}).",
            "Install a model that was validated on such studies.",
        )

    def answering(self, model_id: str, standing: Standing) -> Package | None:
        """The version of a model that answers: the activated one, else the only one that did not come by import.

        None where there is none, or no way to tell which.
        """
        of_id = [package for package in self.packages if package.card.id == model_id]
        if (active := standing.active.get(model_id)) is not None:
            return next((package for package in of_id if package.card.hash == active.hash), None)
        found = [package for package in of_id if package.card.hash not in standing.imported]
        return found[0] if len(found) == 1 else None

    def _asked(self, model_id: str | None, standing: Standing | None) -> tuple[tuple[Package, ...], tuple[str, ...]]:
        """Who may answer, and why the others of the shelf are silent."""
        candidates = self.packages if model_id is None else self.named(model_id)
        if standing is None or any(package.card.name == model_id for package in candidates):
            return candidates, ()
        asked: list[Package] = []
        silent: list[str] = []
        for id_ in dict.fromkeys(package.card.id for package in candidates):
            of_id = [package for package in candidates if package.card.id == id_]
            if (one := self.answering(id_, standing)) is not None:
                asked.append(one)
            elif (active := standing.active.get(id_)) is not None:
                silent.append(f"{id_} {active.version}: it is the one that answers, and not on the shelf any more")
            elif brought := [package for package in of_id if package.card.hash not in standing.imported]:
                asked += brought
            else:
                silent.append(f"{of_id[0].card.name}: it was imported and not activated")
        return tuple(asked), tuple(silent)

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
            if model_id.replace(" ", "-") in _names(refused.path):
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


def _inactive(silent: Sequence[str]) -> ModelError:
    return ModelError(
        "MD-INACTIVE",
        f"No model answers here: {'; '.join(silent)}.",
        'Activate one: `fovea models activate ID`; or name a version with --model "ID VERSION".',
    )


def _ambiguous(fitting: list[Package]) -> InputError:
    names = ", ".join(f"{package.card.name} ({package.path})" for package in fitting)
    return InputError(
        "IN-MODEL-AMBIGUOUS",
        f"This fits the domain of {len(fitting)} models: {names}.",
        'Name one with --model ID, or --model "ID VERSION"; of two versions, `fovea models activate` one.',
    )


def _usable(path: Path, trusted: tuple[TrustedKey, ...], admissions: Admissions) -> Package:
    package = read_package(path)
    return require_usable(package, trusted, admissions.of(package.card.hash))


def _names(path: Path) -> tuple[str, ...]:
    """By which a package that cannot be read may be asked for: its folder's name, and that without a version."""
    return path.name, path.stem, _VERSION.sub("", path.name)


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    visible = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    return [path for path in visible if path.is_dir() or path.suffix == ".zip"]


def _by_name(package: Package) -> tuple[str, tuple[int, ...]]:
    return package.card.id, tuple(int(part) for part in package.card.version.split("."))
