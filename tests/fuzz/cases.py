"""One case of a run: a study damaged in a way that follows from the run's seed and the case's number alone."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.content import Files
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import Seed, all_seeds

_WHOLE_FILES = 0.15
"""How often a study of several files loses one, or has one twice."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is given to the program.

    Args:
        number: of the case in its run.
        form: the format.
        what: the seed and what was done to it.
        files: path below a folder, and content.
    """

    number: int
    form: str
    what: str
    files: Files

    def write(self, folder: Path) -> Path:
        """Writes the files into an empty folder; returns what is to be given to the program."""
        for name, content in self.files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return folder if len(self.files) > 1 else folder / self.files[0][0]


def case(seed: int, number: int) -> Case:
    """The case of that number; every format comes equally often."""
    chance = random.Random(f"{seed} {number}")
    form = chance.choice(sorted({one.form for one in all_seeds()}))
    study = chance.choice([one for one in all_seeds() if one.form == form])
    other = chance.choice(all_seeds()).files[0][1]
    if len(study.files) > 1 and chance.random() < _WHOLE_FILES:
        files, what = _whole_files(study.files, chance)
    else:
        victim = chance.randrange(len(study.files))
        name, content = study.files[victim]
        damaged, kinds = mutated(content, other, chance)
        files = (*study.files[:victim], (name, damaged), *study.files[victim + 1 :])
        what = f"{kinds} in {name}"
    return Case(number, form, f"{study.name}: {what}", files)


def sound(study: Seed) -> Case:
    """The study as it is."""
    return Case(0, study.form, study.name, study.files)


def _whole_files(files: Files, chance: random.Random) -> tuple[Files, str]:
    victim = chance.randrange(len(files))
    name, content = files[victim]
    if chance.random() < 0.5:
        return (*files[:victim], *files[victim + 1 :]), f"without {name}"
    copy = f"copy-{Path(name).name}"
    return (*files, (copy, content)), f"{name} twice"
