"""The listening socket: connections are guarded, shaken hands with beside one another, and counted."""

from __future__ import annotations

import logging
import socket
import ssl
import sys
import threading
import time
from socketserver import BaseServer
from typing import Any
from weakref import WeakSet

from pynetdicom.transport import ThreadedAssociationServer

from engine.network.guarded import Bounds, guarded

_log = logging.getLogger(__name__)

_WAITING_CONNECTIONS = 64

_ABORT_S = 1.0
"""For telling peers that their associations end."""


class GuardedServer(ThreadedAssociationServer):
    """Accepts connections for an application entity.

    pynetdicom's own server (3.0.4) shakes hands for TLS in the thread that accepts: one silent caller keeps out all
    others. Here that is done in the connection's own thread.

    Args:
        bounds: for each connection.
        most_connections: open at once, associations or not yet.
        arguments: as `AE.make_server` gives them.
    """

    request_queue_size = _WAITING_CONNECTIONS
    daemon_threads = True

    def __init__(self, *arguments: Any, bounds: Bounds, most_connections: int, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._bounds = bounds
        self._most_connections = most_connections
        self._beginning = 0
        self._connections: WeakSet[socket.socket] = WeakSet()
        self._counting = threading.Lock()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        assert self.socket is not None  # noqa: S101  # it is bound as long as it accepts
        connection, address = self.socket.accept()
        if self.ssl_context is not None:
            connection = self.ssl_context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return guarded(connection, self._bounds), address

    def verify_request(self, request: Any, client_address: Any) -> bool:
        with self._counting:
            is_room = self._beginning + len(self.active_associations) < self._most_connections
            self._beginning += is_room
        self._connections.add(request)
        if not is_room:
            _log.warning("%s was not let in: %d connections are open", client_address[0], self._most_connections)
        return is_room

    def finish_request(self, request: Any, client_address: Any) -> None:
        try:
            if isinstance(request, ssl.SSLSocket):
                request.do_handshake()
            super().finish_request(request, client_address)
        finally:
            with self._counting:
                self._beginning -= 1

    def service_actions(self) -> None:
        """Nothing: pynetdicom collects garbage here, for the sockets that it leaves open and `guarded` closes."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002  # as socketserver calls it
        _log.warning("The connection from %s could not begin: %s", client_address[0], sys.exception())

    def stop(self) -> None:
        """Accepts no more, and ends what is open; a peer that has stalled is not waited for."""
        BaseServer.shutdown(self)
        open_ = self.active_associations
        aborting = [threading.Thread(target=association.abort) for association in open_]
        for thread in aborting:
            thread.start()
        end_s = time.monotonic() + _ABORT_S
        for thread in aborting:
            thread.join(max(0.0, end_s - time.monotonic()))
        # Also those that have no association yet, and those whose association lost hold of them as it was aborted.
        for connection in list(self._connections):
            connection.shutdown(socket.SHUT_RDWR)
        for thread in aborting:
            thread.join()
        self.server_close()
