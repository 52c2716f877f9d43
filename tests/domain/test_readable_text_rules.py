"""A text of a command holds what people can read, in every field that has one, and nothing else is recorded."""

import pytest
from msgspec.structs import replace

from slm_domain.commands.envelope import By, Command, check_key
from slm_domain.commands.exemptions import ClaimExemption
from slm_domain.commands.incident import ReportIncident
from slm_domain.contract_refusals import UnreadableText
from tests.domain.agreement import AGREED, DRAFT, municipality, party, provider, words
from tests.domain.scenario import KeptJournal, refused, scenario

INCIDENT = provider(ReportIncident, incident="i", level="A", systems=("payroll",), organisations=("town",))
CLAIM = municipality(ClaimExemption, level="backup", exemption="e", subject="2025-04-16\n", ground="maintenance")


@pytest.mark.parametrize(
    ("command", "field", "character"),
    [
        (replace(INCIDENT, phenomenon="down\0"), "phenomenon", "U+0000"),
        (replace(INCIDENT, phenomenon="\x1b[31mdown"), "phenomenon", "U+001B"),
        (replace(INCIDENT, phenomenon="down\x9b"), "phenomenon", "U+009B"),
        (replace(INCIDENT, incident="i\n"), "incident", "U+000A"),
        (replace(INCIDENT, systems=("payroll", "library\n")), "systems[1]", "U+000A"),
        (replace(INCIDENT, key="again\t"), "key", "U+0009"),
        (replace(INCIDENT, by=By(person="p\n", side="provider")), "by.person", "U+000A"),
        (replace(DRAFT, title=words("Town\x7f")), "title.ja", "U+007F"),
        (
            replace(DRAFT, municipality=party("town", "village\0")),
            "municipality.organisations[1].code",
            "U+0000",
        ),
        (CLAIM, "subject", "U+000A"),
    ],
)
def test_a_control_character_is_refused_with_its_field_and_its_name(
    command: Command, field: str, character: str
) -> None:
    given = [] if command.contract == DRAFT.contract and type(command) is type(DRAFT) else AGREED
    scenario(given=given, when=command, then=refused(UnreadableText, field=field, character=character))


def test_free_text_breaks_into_lines_and_is_indented() -> None:
    journal = KeptJournal(INCIDENT.contract)
    for command in (*AGREED, replace(INCIDENT, phenomenon="停止した。\r\n\t- 給与\n\t- 図書館")):
        assert journal.send(command)


def test_a_key_that_cannot_be_looked_up_is_refused() -> None:
    with pytest.raises(UnreadableText, match=r"`key` holds a control character \(U\+0000\)"):
        check_key("a\0")
