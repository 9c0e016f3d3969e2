import pytest

from engine.errors import UsageError
from engine.registry.requirements import Requirements, requirements_of

SET = 'truth = "validation/truth.json"\nimages = "validation"\n'


def stated(home, text):
    home.requirements.write_text(text)
    return requirements_of(home, "bright-spots")


def test_a_home_without_the_file_or_the_model_in_it_states_nothing(home):
    assert requirements_of(home, "bright-spots") is None
    assert stated(home, f"[rust]\n{SET}") is None


def test_what_is_stated_is_read_with_paths_from_the_home(home):
    found = stated(home, f"[bright-spots]\n{SET}sensitivity = 0.9\nlatency_p95_s = 2\nno_worse = false\n")
    folder = home.root / "validation"
    assert found == Requirements(folder / "truth.json", folder, 0.9, latency_p95_s=2, no_worse=False)


def test_a_path_may_lead_elsewhere(home, tmp_path):
    found = stated(home, f'[bright-spots]\ntruth = "{tmp_path}/t.json"\nimages = "images"\n')
    assert found.truth == tmp_path / "t.json"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[bright-spots", "Expected"),
        ("bright-spots = 1", "is no table"),
        ("[bright-spots]\nsensitivity = 0.9\n", "names no 'truth'"),
        (f"[bright-spots]\n{SET}sensitivty = 0.9\n", "knows no 'sensitivty'"),
        (f"[bright-spots]\n{SET}sensitivity = 92\n", "sensitivity of .* is 92, and must be a share"),
        (f"[bright-spots]\n{SET}clean_marked = true\n", "must be a share"),
        (f'[bright-spots]\n{SET}memory_mib = "2 GB"\n', "must be a number"),
        (f"[bright-spots]\n{SET}no_worse = 1\n", "must be true or false"),
        ('[bright-spots]\ntruth = ""\nimages = "a"\n', "must be a text"),
    ],
)
def test_what_cannot_be_meant_is_named(home, text, said):
    with pytest.raises(UsageError, match=said) as caught:
        stated(home, text)
    assert caught.value.code == "US-REQUIREMENTS"
