"""A process notices whether others append, too."""

from slm_journal.company import WINDOW, Company


def batches(company: Company, number: int, *, head: int, own: int, others: int) -> int:
    for _ in range(number):
        company.note(head, own)
        head += own + others
    return head


def test_whoever_appends_everything_is_alone() -> None:
    company = Company()
    batches(company, 10 * WINDOW, head=1000, own=32, others=0)
    assert company.is_alone


def test_two_that_append_as_much_are_not() -> None:
    company = Company()
    batches(company, WINDOW + 1, head=0, own=32, others=32)
    assert not company.is_alone


def test_a_command_of_somebody_now_and_then_is_no_company() -> None:
    company = Company()
    batches(company, 3 * WINDOW, head=0, own=32, others=1)
    assert company.is_alone


def test_who_was_in_company_is_alone_again_when_the_others_have_gone() -> None:
    company = Company()
    head = batches(company, WINDOW + 1, head=0, own=8, others=80)
    assert not company.is_alone
    batches(company, 2 * WINDOW, head=head, own=8, others=0)
    assert company.is_alone
