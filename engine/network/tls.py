"""TLS of DICOM connections: certificates from files, both sides shown where an authority is named."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.network.guarded import GuardedTlsSocket


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """The files of one side, PEM all of them.

    Args:
        certificate: ours, with those that lead to its authority; who listens must have one.
        key: its private key; None where it lies in the same file.
        authority: certificates of those whose signature is trusted. Who listens then asks each caller for one.
    """

    certificate: Path | None = None
    key: Path | None = None
    authority: Path | None = None


def listening_tls(files: TlsFiles) -> ssl.SSLContext:
    """For who listens.

    Raises:
        UsageError: US-TLS.
    """
    if files.certificate is None:
        raise _unusable("a receiver that speaks TLS needs a certificate of its own")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _load(context, files)
    if files.authority is not None:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def calling_tls(files: TlsFiles) -> ssl.SSLContext:
    """For who calls: the peer's certificate must be signed by a trusted authority and name its host.

    Raises:
        UsageError: US-TLS.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if files.authority is None:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    _load(context, files)
    return context


def _load(context: ssl.SSLContext, files: TlsFiles) -> None:
    context.sslsocket_class = GuardedTlsSocket
    # BCP 195 profiles of PS3.15 B.9 and B.10 ask for 1.2 at least.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for path in filter(None, (files.certificate, files.key, files.authority)):
        _require_readable(path)
    if files.certificate is not None:
        try:
            # An empty password: OpenSSL would otherwise ask for one at the terminal.
            context.load_cert_chain(files.certificate, files.key, password="")
        except (OSError, ValueError) as error:
            raise _unusable(f"{files.certificate} and its key: {error}") from error
    if files.authority is not None:
        try:
            context.load_verify_locations(files.authority)
        except (OSError, ValueError) as error:
            raise _unusable(f"{files.authority}: {error}") from error


def _require_readable(path: Path) -> None:
    """OpenSSL does not say which file it could not read."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise _unusable(f"{path}: {error.strerror}") from error


def _unusable(detail: str) -> UsageError:
    return UsageError(
        "US-TLS",
        f"TLS cannot be set up: {detail}.",
        "Name a certificate, its private key without a password and the authority's certificate, as PEM files.",
    )
