from engine.audit.commitment import commit, new_salt


def test_commitment_depends_on_record_and_salt_only():
    salt = new_salt()
    assert commit(salt, {"a": 1, "b": None}) == commit(salt, {"b": None, "a": 1})
    assert commit(salt, {"a": 1}) != commit(salt, {"a": 2})
    assert commit(salt, {"a": 1}) != commit(new_salt(), {"a": 1})


def test_salts_are_fresh():
    assert len({new_salt() for _ in range(100)}) == 100
    assert len(new_salt()) == 16
