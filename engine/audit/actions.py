"""What the audit log records: one name for each action. `docs/audit.md` describes them, and a test compares the two."""

from __future__ import annotations

from enum import StrEnum

PROGRAM = "fovea"
"""The actor of what nobody in particular did."""


class Act(StrEnum):
    """An action of the log, `noun.verb`."""

    STORE_CREATED = "store.created"
    STORE_MIGRATED = "store.migrated"
    STORE_BACKED_UP = "store.backed-up"
    STORE_RESTORED = "store.restored"
    KEY_HANDED_OVER = "key.handed-over"
    PROGRAM_STARTED = "program.started"
    PROGRAM_STOPPED = "program.stopped"
    CLOCK_JUMPED = "clock.jumped"
    OPERATOR_ADDED = "operator.added"
    OPERATOR_DISABLED = "operator.disabled"
    PASSWORD_CHANGED = "operator.password-changed"  # noqa: S105  # the name of an action
    OPERATOR_IN = "operator.in"
    OPERATOR_OUT = "operator.out"
    LOGIN_FAILED = "login.failed"
    FILES_TAKEN = "files.taken"
    FILES_CLOSED = "files.closed"
    FILES_FORGOTTEN = "files.forgotten"
    ARRIVAL_QUEUED = "arrival.queued"
    JOB_CLAIMED = "job.claimed"
    JOB_RETURNED = "job.returned"
    JOB_WITHDRAWN = "job.withdrawn"
    JOB_CANCELLED = "job.cancelled"
    OUTCOME_RECORDED = "outcome.recorded"
    STUDY_VIEWED = "study.viewed"
    REVIEW_SAVED = "review.saved"
    REVIEW_SIGNED = "review.signed"
    RECORD_ERASED = "record.erased"
    PIXELS_REMOVED = "pixels.removed"
    EXPORT_MADE = "export.made"
    MODEL_IMPORTED = "model.imported"
    MODEL_ACTIVATED = "model.activated"
    MODEL_ROLLED_BACK = "model.rolled-back"
    MODEL_REFUSED = "model.refused"
    MODEL_SHADOWED = "model.shadowed"
    SHADOW_ANSWERED = "shadow.answered"
    SOURCE_CHANGED = "source.changed"
    SOURCE_BEGUN = "source.begun"
    SETTINGS_CHANGED = "settings.changed"
