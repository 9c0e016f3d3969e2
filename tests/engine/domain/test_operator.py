import pytest

from engine.domain.operator import PERMITTED, Action, Operator, Role
from engine.errors import UsageError

_MAY = {
    Action.VIEW: "viewer reader inspector lead administrator",
    Action.ANSWER: "reader inspector lead",
    Action.REVIEW: "reader inspector lead",
    Action.SIGN: "reader inspector lead",
    Action.AMEND: "lead",
    Action.EXPORT: "reader inspector lead administrator",
    Action.EXPORT_IDENTIFIED: "lead",
    Action.IMPORT_MODEL: "lead administrator",
    Action.ACTIVATE_MODEL: "lead administrator",
    Action.IMPORT_UNSIGNED: "administrator",
    Action.OVERRIDE_GATE: "administrator",
    Action.CHANGE_SETTINGS: "administrator",
    Action.MANAGE_OPERATORS: "administrator",
    Action.BACK_UP: "administrator",
    Action.RESTORE: "administrator",
    Action.ERASE: "administrator",
    Action.HAND_OVER_KEY: "administrator",
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_what_the_table_says_and_nothing_else(role, action):
    somebody = Operator("a", role)
    if role.value in _MAY[action].split():
        somebody.require(action)
    else:
        with pytest.raises(UsageError, match=f"a is {role.value}") as caught:
            somebody.require(action)
        assert caught.value.code == "US-ROLE"
        assert all(able in caught.value.next_step for able in _MAY[action].split())


def test_every_role_and_action_stands_in_the_table():
    assert set(PERMITTED) == set(Role)
    assert set(_MAY) == set(Action)


def test_one_person_of_a_home_without_operators_may_everything():
    assert all(Operator("a").may(action) for action in Action)
