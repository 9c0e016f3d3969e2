"""The state machine of an association, for events that come too late or too early to mean anything."""

from __future__ import annotations

import logging

from pynetdicom.fsm import InvalidEventError, StateMachine

_log = logging.getLogger(__name__)


class EndingStateMachine(StateMachine):
    """Ends its association where an event has no meaning in the present state.

    pynetdicom (3.0.4) ends the connection's thread by an exception there, with the socket open: an abort of our own
    that crosses with bytes that are no PDU, or an answer after the peer's abort.

    Source:
        PS3.8 table 9-10: the states, and the events that each of them knows
    """

    def do_action(self, event: str) -> None:
        """Acts on an event, `Evt1` to `Evt19`."""
        try:
            super().do_action(event)
        except InvalidEventError as error:
            _log.warning("An association is ended: %s", error)
            self.dul.assoc.is_aborted = True
            self.dul.assoc.is_established = False
            self.dul.assoc._kill = True  # as pynetdicom does after an error in the connection's thread
            self.dul.kill_dul()
            if self.dul.socket is not None:
                self.dul.socket.close()
