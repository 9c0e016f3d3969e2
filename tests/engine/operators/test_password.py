import pytest

from engine.errors import UsageError
from engine.operators.password import NOBODYS, hashed, matches


def test_hash_is_argon2id_with_its_own_salt_and_matches_its_password_alone():
    kept = hashed("correct horse")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert kept != hashed("correct horse")
    assert matches(kept, "correct horse")
    assert not matches(kept, "correct hors")
    assert not matches(kept, "")


@pytest.mark.parametrize(
    ("secret", "noun"), [("", "password"), ("seven77", "password"), ("12345", "PIN"), ("x" * 1025, "password")]
)
def test_secret_that_is_too_short_or_too_long_is_refused(secret, noun):
    with pytest.raises(UsageError, match=f"The {noun} has {len(secret)} characters") as caught:
        hashed(secret)
    assert caught.value.code == "US-PASSWORD"


def test_nobodys_hash_is_a_hash_that_costs_as_much_and_matches_nothing():
    assert NOBODYS.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not matches(NOBODYS, "correct horse")
    assert not matches("not a hash", "correct horse")
