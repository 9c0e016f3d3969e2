"""An operator: a person who works with Fovea, and what the person's role permits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.errors import UsageError


class Role(StrEnum):
    """What a person is to the site. A reader reads scans, an inspector judges parts: the same rights, other words."""

    VIEWER = "viewer"
    READER = "reader"
    INSPECTOR = "inspector"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a person does that the engine asks a right for."""

    VIEW = "view"
    ANSWER = "answer"
    REVIEW = "review"
    SIGN = "sign"
    AMEND = "amend"
    """A new version of a review that somebody else signed; one's own may be amended by whoever may sign."""
    EXPORT = "export"
    EXPORT_IDENTIFIED = "export-identified"
    """An export that leaves names, dates and identifiers in."""
    IMPORT_MODEL = "import-model"
    IMPORT_UNSIGNED = "import-unsigned-model"
    """Letting a package in that nobody signed."""
    ACTIVATE_MODEL = "activate-model"
    """Activating, rolling back, having a version answer as a shadow, and beginning the watch over a source anew."""
    OVERRIDE_GATE = "override-gate"
    """Activating a model that the gate refuses."""
    CHANGE_SETTINGS = "change-settings"
    MANAGE_OPERATORS = "manage-operators"
    BACK_UP = "back-up"
    RESTORE = "restore"
    ERASE = "erase"
    HAND_OVER_KEY = "hand-over-key"


_VIEWER = frozenset({Action.VIEW})
_READER = _VIEWER | {Action.ANSWER, Action.REVIEW, Action.SIGN, Action.EXPORT}
_LEAD = _READER | {Action.AMEND, Action.EXPORT_IDENTIFIED, Action.IMPORT_MODEL, Action.ACTIVATE_MODEL}
# Who runs the machine does not decide about studies: whoever may hand out rights must not sign with them.
_ADMINISTRATOR = _VIEWER | {
    *(Action.EXPORT, Action.IMPORT_MODEL, Action.ACTIVATE_MODEL, Action.CHANGE_SETTINGS, Action.MANAGE_OPERATORS),
    *(Action.IMPORT_UNSIGNED, Action.OVERRIDE_GATE),
    *(Action.BACK_UP, Action.RESTORE, Action.ERASE, Action.HAND_OVER_KEY),
}

PERMITTED: dict[Role, frozenset[Action]] = {
    Role.VIEWER: _VIEWER,
    Role.READER: _READER,
    Role.INSPECTOR: _READER,
    Role.LEAD: _LEAD,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Operator:
    """A person as the records name one.

    Args:
        name: unique at the site; stands in the log and in signatures.
        role: None for the one person of a single-operator home, who may do everything.
        added_at: UTC; None for that person.
        disabled_at: since when the name cannot log in, UTC; None while it can.
    """

    name: str
    role: Role | None = None
    added_at: datetime | None = None
    disabled_at: datetime | None = None

    def may(self, action: Action) -> bool:
        """Whether the role permits it."""
        return self.role is None or action in PERMITTED[self.role]

    def require(self, action: Action) -> None:
        """Lets a permitted action through.

        Raises:
            UsageError: US-ROLE, naming the roles that may.
        """
        if self.may(action):
            return
        able = [role.value for role, actions in PERMITTED.items() if action in actions]
        raise UsageError(
            "US-ROLE",
            f"{self.name} is {self.role}, and the role does not permit '{action.value}'.",
            f"Ask somebody who is {' or '.join(able)}.",
        )
