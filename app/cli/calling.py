"""The call that the options of `fovea query` and `fovea send` make."""

from __future__ import annotations

from argparse import Namespace

from engine.network.association import Call
from engine.network.peer import Peer, ae_title
from engine.network.tls import TlsFiles


def call_of(arguments: Namespace) -> Call:
    """Whom to call, as whom and with which certificates; without any it is called plainly.

    Raises:
        UsageError: US-PEER or US-TITLE.
    """
    files = TlsFiles(arguments.tls_certificate, arguments.tls_key, arguments.tls_authority)
    return Call(Peer.parse(arguments.peer), ae_title(arguments.title), None if files == TlsFiles() else files)
