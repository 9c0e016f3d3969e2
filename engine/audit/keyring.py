"""The system keyring: the Secret Service of the session, as GNOME Keyring, KWallet and KeePassXC offer it.

Source:
    freedesktop.org, Secret Service API
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import secretstorage
from secretstorage.exceptions import SecretStorageException

from engine.errors import StoreError

_LABEL = "Fovea: key of the audit log"


def keep(name: str, content: bytes) -> None:
    """Puts a secret into the keyring, in the place of one of the same name.

    Raises:
        StoreError: ST-KEYRING where there is no keyring, or it is locked.
    """
    with _collection() as collection:
        collection.create_item(_LABEL, _attributes(name), content, replace=True)


def fetch(name: str) -> bytes:
    """The secret of a name.

    Raises:
        StoreError: ST-KEYRING where there is no keyring, or it is locked; ST-KEY-MISSING where it does not hold it.
    """
    with _collection() as collection:
        found = next(collection.search_items(_attributes(name)), None)
        if found is None:
            raise StoreError(
                "ST-KEY-MISSING",
                "The system keyring does not hold the key of this home's audit log any more.",
                "Restore a copy of the database with fovea restore --first-key FILE.",
            )
        secret: bytes = found.get_secret()
        return secret


@contextmanager
def _collection() -> Iterator[secretstorage.Collection]:
    try:
        with closing(secretstorage.dbus_init()) as connection:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked():
                raise _out_of_reach("it is locked")  # asking to unlock it would stop a service until somebody comes
            yield collection
    except (SecretStorageException, OSError) as error:
        raise _out_of_reach(str(error) or type(error).__name__) from error


def _attributes(name: str) -> dict[str, str]:
    return {"application": "fovea", "key": name}


def _out_of_reach(why: str) -> StoreError:
    return StoreError(
        "ST-KEYRING",
        f"The system keyring, which keeps the key of the audit log, cannot be used: {why}.",
        "Start Fovea in the session whose keyring it is, and unlock it.",
    )
