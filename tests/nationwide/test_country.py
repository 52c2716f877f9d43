"""Who contracts in the generated country, and samples of it."""

from collections import Counter

import msgspec
import pytest

from benchmarks.nationwide.agreements import agreement, family_of
from benchmarks.nationwide.country import MUNICIPALITIES, PREFECTURES, contracted, municipalities
from slm_api.documents import canonical, read_document


def test_the_country_has_1741_municipalities_and_a_joint_contract_in_each_prefecture() -> None:
    assert len(municipalities()) == MUNICIPALITIES == 1741
    whole = contracted(MUNICIPALITIES)
    assert sum(who.joint for who in whole) == PREFECTURES == 47
    assert len({who.code for who in whole}) == 1741 + 47


def test_a_joint_contract_is_of_several_municipalities_of_one_prefecture() -> None:
    for who in contracted(MUNICIPALITIES):
        if who.joint:
            assert 2 <= len(set(who.members)) <= 5
            assert len({member.prefecture for member in who.members}) == 1


@pytest.mark.parametrize("share", [3, 10, 50])
def test_a_sample_has_its_share_of_each_size_and_of_joint_contracts(share: int) -> None:
    whole = Counter(who.lead.size if not who.joint else "joint" for who in contracted(MUNICIPALITIES))
    sample = Counter(who.lead.size if not who.joint else "joint" for who in contracted(MUNICIPALITIES // share))
    for kind, count in whole.items():
        assert abs(sample[kind] - count / share) <= 1, kind


def test_every_family_of_agreements_is_in_a_small_sample() -> None:
    assert {family_of(who) for who in contracted(33)} == {"table", "guideline", "graded", "joint"}


def test_what_does_not_exist_cannot_be_asked_for() -> None:
    for count in (0, MUNICIPALITIES + 1):
        with pytest.raises(ValueError, match="1741"):
            contracted(count)


def test_every_kind_of_agreement_is_a_document_that_people_could_have_handed_in() -> None:
    kinds = {(family_of(who), len(who.members), who.lead.size): who for who in contracted(MUNICIPALITIES)}
    assert len(kinds) >= 11
    for who in kinds.values():
        text = msgspec.json.encode(agreement(who), order="sorted")
        assert canonical(read_document(text, source=who.code).document) == text
