"""A finished model, a key, and the package made of both."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.registry.pack import pack
from engine.registry.sign import TrustedKey
from tests.engine.registry.models import write_source


@pytest.fixture
def source(tmp_path):
    return write_source(tmp_path / "source")


@pytest.fixture
def key():
    return Ed25519PrivateKey.generate()


@pytest.fixture
def trusted(key):
    return (TrustedKey("site", key.public_key().public_bytes_raw()),)


@pytest.fixture(params=["bright-spots", "bright-spots.zip"])
def packed(request, tmp_path, source, key):
    """The path of a package, once as a folder and once as a zip."""
    return pack(source, tmp_path / "packed" / request.param, key).path


@pytest.fixture
def zipped(tmp_path, source, key):
    return pack(source, tmp_path / "zipped" / "bright-spots.zip", key).path
