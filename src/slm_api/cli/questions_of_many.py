"""The commands of `slm` that ask about many contracts: the recovery from one cause, roll-ups, issued reports."""

from typing import Annotated
from uuid import UUID

import typer

from projections.answers import recovery as of_recovery
from projections.answers import roll_up as of_roll_ups
from projections.answers import verification as of_verification
from projections.answers.rolled import ROLLED_BY
from slm_api.asking import as_of_asked, as_of_or_cut, month_asked, rolled_by_asked
from slm_api.cli.options import AsOf, Demo, Json, Language
from slm_api.cli.questions import asked
from slm_api.cli.replay_view import print_recovery
from slm_api.cli.roll_up_view import print_roll_up
from slm_api.cli.running import DIFFERENT, started
from slm_api.cli.verified_view import print_verified
from slm_api.wiring import Wired


def recovery(
    correlation: Annotated[UUID, typer.Argument(metavar="相関番号", help="correlation id", show_default=False)],
    *,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """多数の契約にわたる障害の復旧状況 / the recovery from one cause over many contracts"""

    async def question(wired: Wired) -> of_recovery.RecoveryAnswer:
        instant, cut = as_of_or_cut(as_of)
        return await of_recovery.recovery(wired.source, correlation, instant, cut=cut)

    asked(started(lang, demo=demo), question, print_recovery, as_json=as_json)


def roll_up(
    *,
    month: Annotated[str, typer.Option("--month", metavar="月", help="YYYY-MM")],
    provider: Annotated[str | None, typer.Option("--provider", metavar="受注者", help="受注者 / a provider")] = None,
    organisation: Annotated[
        list[str] | None, typer.Option("--organisation", metavar="団体", help="団体（複数可） / municipalities")
    ] = None,
    contract: Annotated[
        list[str] | None, typer.Option("--contract", metavar="契約", help="契約（複数可） / contracts")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="単位", help=" | ".join(ROLLED_BY))] = "contract",
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """多数の契約の月の集計 / a month over many contracts: by contract, organisation, system or provider"""

    async def question(wired: Wired) -> of_roll_ups.RollUpAnswer:
        over = of_roll_ups.Over(
            provider=provider, organisations=tuple(organisation or ()), contracts=tuple(contract or ())
        )
        instant, cut = as_of_or_cut(as_of)
        which, rows = month_asked(month), rolled_by_asked(by)
        return await of_roll_ups.roll_up(wired.source, which, over, by=rows, as_of=instant, cut=cut)

    asked(started(lang, demo=demo), question, print_roll_up, as_json=as_json)


def verify(
    contract: Annotated[str | None, typer.Argument(metavar="契約", help="契約コード / the contract's code")] = None,
    *,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """提出済み報告書の再計算と照合 / compute issued reports again (exit code 4 when one comes out otherwise)"""

    async def question(wired: Wired) -> of_verification.VerificationAnswer:
        if contract is not None:
            return await of_verification.verify_issued(wired.source, contract, as_of_asked(as_of))
        instant, cut = as_of_or_cut(as_of)
        return await of_verification.verify_issued(wired.source, None, instant, cut=cut)

    answer = asked(
        started(lang, demo=demo),
        question,
        print_verified,
        as_json=as_json,
    )
    if any(one.differences for one in answer.reports):
        raise typer.Exit(DIFFERENT)
