"""This program as a DICOM application entity: its name, its patience, and what it keeps to itself."""

from __future__ import annotations

from pynetdicom import AE, _config

PDU_BYTES = 256 << 10
"""Asked of peers: an image of half a mebibyte then comes in three pieces instead of thirty-three."""


def entity(title: str, *, wait_s: float) -> AE:
    """An application entity that knows no presentation contexts yet.

    Args:
        title: its AE title.
        wait_s: how long a peer may say nothing, at every step.
    """
    # Switches of the whole process: nothing that identifies a patient goes to a log, and no text is made for one that
    # nobody reads.
    _config.LOG_REQUEST_IDENTIFIERS = _config.LOG_RESPONSE_IDENTIFIERS = False
    _config.LOG_HANDLER_LEVEL = "none"
    # A file that is sent goes out as it is, piece by piece; see `send`.
    _config.STORE_SEND_CHUNKED_DATASET = True
    made = AE(ae_title=title)
    made.maximum_pdu_size = PDU_BYTES
    made.acse_timeout = made.connection_timeout = made.dimse_timeout = made.network_timeout = wait_s
    return made
