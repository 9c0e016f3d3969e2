import pickle

import pytest

from engine.errors import FoveaError, InputError, OutOfDomainError


def subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


@pytest.mark.parametrize("kind", list(subclasses(FoveaError)), ids=lambda kind: kind.__name__)
def test_every_error_survives_the_way_between_processes(kind):
    error = pickle.loads(pickle.dumps(kind("XX-CODE", "What happened.", "What to do.")))  # noqa: S301  # our own bytes
    assert type(error) is kind
    assert (error.code, error.message, error.next_step) == ("XX-CODE", "What happened.", "What to do.")
    assert str(error) == "What happened. What to do."


def test_a_refusal_and_a_misfit_are_different_faults_of_the_world():
    assert not issubclass(InputError, OutOfDomainError)
    assert not issubclass(OutOfDomainError, InputError)
