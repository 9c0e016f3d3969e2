"""The log's note of when the program worked: an entry at its start, one at its stop, and what was between them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection

from engine.audit.actions import PROGRAM, Act
from engine.audit.log import AuditDraft, Json
from engine.errors import StoreError
from engine.program import program_version
from engine.settings import read_settings
from engine.store.database import Store
from engine.store.write import note, write

_log = logging.getLogger(__name__)

# Written out, since only so SQLite takes the index of these entries alone.
_NEWEST_SETTINGS = "SELECT detail FROM audit_entries WHERE action = 'settings.changed' ORDER BY seq DESC LIMIT 1"


@contextmanager
def running(store: Store, what: str) -> Iterator[None]:
    """Records the start and the stop of a process that answers, or has studies answered, around a block.

    A start that no stop follows is a process that was killed.

    Args:
        store: where to.
        what: which part of the program: `worker`, or the origin of what it feeds the queue with.

    Raises:
        StoreError: the start could not be recorded.
        UsageError: US-SETTINGS.
    """
    _note_settings(store)
    detail: dict[str, Json] = {"what": what, "version": program_version()}
    note(store, AuditDraft(PROGRAM, Act.PROGRAM_STARTED, PROGRAM, detail))
    how = "failed"
    try:
        yield
        how = "ended"
    except KeyboardInterrupt:  # a person's wish, no failure
        how = "interrupted"
        raise
    finally:
        try:
            note(store, AuditDraft(PROGRAM, Act.PROGRAM_STOPPED, PROGRAM, {"what": what, "how": how}))
        except StoreError:
            _log.exception("The stop was not recorded")  # and what the block raised goes on


def _note_settings(store: Store) -> None:
    """Where the settings are others than those of the last start that noted them."""
    digest = read_settings(store.home).digest
    with store.reading() as connection:
        before = _noted_digest(connection)
    if digest != before:
        with suppress(_Noted):
            write(store, _Change(digest))


def _noted_digest(connection: Connection) -> str:
    detail = connection.exec_driver_sql(_NEWEST_SETTINGS).scalar_one_or_none()
    return "" if detail is None else str(json.loads(detail)["digest"])


class _Noted(Exception):  # noqa: N818  # no error: the transaction is left without a trace
    """Another process that started at the same time has noted the change."""


class _Change:
    """The unit that notes changed settings, once for all who start with them."""

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self._before = ""

    @property
    def audit(self) -> AuditDraft:
        detail: dict[str, Json] = {"old_digest": self._before, "digest": self._digest}
        return AuditDraft(PROGRAM, Act.SETTINGS_CHANGED, "settings", detail)

    def apply(self, connection: Connection) -> None:
        self._before = _noted_digest(connection)
        if self._before == self._digest:
            raise _Noted
