"""Every error Fovea raises, as one tree: what the world did wrong, apart from what we did wrong.

    FoveaError
    ├── WorldError                 the world's fault: the user or the site can do something about it
    │   ├── InputError             a file or series that cannot be answered        IN-...
    │   ├── IncompleteError        a series of which a part is missing              IN-SER-INCOMPLETE
    │   ├── OutOfDomainError       sound input that no installed model was made for OD-...
    │   ├── ModelError             a package or its graph is missing or unsound     MD-...
    │   ├── StoreError             the database or the home cannot be used          ST-...
    │   ├── QueueError             a job cannot be answered, or no worker can be had  QU-...
    │   ├── NetworkError           a DICOM peer, or listening for them              NW-...
    │   ├── BackendError           a run time is missing or failed                  BE-...
    │   ├── LearnError             a recipe or training set cannot be used          LE-...
    │   ├── ExportError            a study or a folder that an export cannot use    EX-...
    │   └── UsageError             a command, setting or argument is wrong          US-...
    ├── BudgetExceeded             the time given ran out (carries no blame)        BU-TIME, BU-LATE
    ├── Cancelled                  a person asked to stop                           BU-CANCELLED
    └── ProgramError               our fault: report it with the log                PR-...

Every error carries a stable `code`, which `docs/errors.md` explains, a sentence naming the thing, the found value and
the limit, and a `next_step` that says what a person can do.
"""

from __future__ import annotations


class FoveaError(Exception):
    """Root of the tree.

    Args:
        code: stable identifier, listed in `docs/errors.md`.
        message: one sentence that names the thing, the found value and the limit.
        next_step: what a person can do about it, one sentence.
    """

    def __init__(self, code: str, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()

    def __reduce__(self) -> tuple[type[FoveaError], tuple[str, str, str], dict[str, object]]:
        # Errors cross process boundaries; the default would call the class with the message alone.
        return (type(self), (self.code, self.message, self.next_step), vars(self))


class WorldError(FoveaError):
    """Something outside the program is wrong."""


class InputError(WorldError):
    """A file or series cannot be answered; becomes a REFUSED outcome."""


class IncompleteError(WorldError):
    """What was answered is not all of the study; becomes an INCOMPLETE outcome with what was found."""


class OutOfDomainError(WorldError):
    """No model at hand was made for this study; becomes an OUT_OF_DOMAIN outcome."""


class ModelError(WorldError):
    """A model package or its graph is missing, unsound or does not fit its manifest."""


class StoreError(WorldError):
    """The home folder or its database cannot be used."""


class QueueError(WorldError):
    """A job cannot be answered by who tries to, or nobody is there to answer."""


class NetworkError(WorldError):
    """A DICOM peer cannot be reached or does not do what was asked, or nobody can be listened to."""


class BackendError(WorldError):
    """A run time (ONNX Runtime, TensorRT, torch) is missing or failed."""


class LearnError(WorldError):
    """A recipe or a training set cannot be used."""


class ExportError(WorldError):
    """A study cannot leave in the form that was asked for, or the folder for it cannot be used."""


class UsageError(WorldError):
    """A command, a setting or an argument is wrong; exit status 2."""


class BudgetExceeded(FoveaError):  # noqa: N818  # an event, nobody's error
    """The time given ran out; becomes an INCOMPLETE outcome with what was covered."""


class Cancelled(FoveaError):  # noqa: N818  # an event, nobody's error
    """A person asked to stop."""


class ProgramError(FoveaError):
    """A condition that our own code should have prevented; becomes a FAILED outcome."""
