"""Settings: what there is, what is refused, and what the documentation says of it."""

import re
from pathlib import Path

import pytest

from slm_api.settings import Settings, SettingsRefused, loopback, variable

DOCUMENTED = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_documentation_lists_every_setting_with_its_default_and_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", DOCUMENTED.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [
        (variable(name), "none" if field.default is None else str(field.default), field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.of_environment({"SLM_DATABASE_URL": "", "SLM_PORT": "9000"}) == Settings(port=9000)


@pytest.mark.parametrize(
    ("name", "value"), [("SLM_PORT", "0"), ("SLM_PORT", "x"), ("SLM_LANGUAGE", "fr"), ("SLM_HOST", "192.0.2.1")]
)
def test_a_wrong_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        Settings.of_environment({name: value})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_this_machines_own_addresses_are_accepted(host: str) -> None:
    assert loopback(host) == host


@pytest.mark.parametrize("host", ["192.0.2.1", "::", "192.168.0.1", "slm.example", ""])
def test_no_other_address_is_served_on(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        loopback(host)
