"""`slm explain`: why a figure of a month is what it is."""

from typing import Annotated

import typer

from projections.answers import explanation as of_explanations
from slm_api.asking import QuestionRefused, as_of_asked, figure_asked, month_asked
from slm_api.cli.explanation_view import print_explanation
from slm_api.cli.options import AsOf, Contract, Demo, Json, Language, Month
from slm_api.cli.questions import asked
from slm_api.cli.running import started
from slm_api.told import begun, told
from slm_api.wiring import Wired
from slm_domain.sla import Words


def explain(
    contract: Contract,
    month: Month,
    level: Annotated[str | None, typer.Argument(metavar="項目", help="評価項目のキー / a level's key")] = None,
    *,
    availability: Annotated[bool, typer.Option("--availability", help="稼働率 / the availability")] = False,
    deductions: Annotated[bool, typer.Option("--deductions", help="減額 / the deductions")] = False,
    fee: Annotated[bool, typer.Option("--fee", help="支払額 / the fee")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Language = None,
    demo: Demo = False,
) -> None:
    """算定の内訳（足し算で確かめられる一覧） / why a figure is what it is: lists that add up to it"""
    chosen = {"availability": availability, "deductions": deductions, "fee": fee}

    async def question(wired: Wired) -> of_explanations.ExplanationAnswer:
        which = figure_asked(_one(chosen), level)
        answer = await told(
            wired,
            of_explanations.explanation(
                wired.source, contract, month_asked(month), as_of_asked(as_of), of=which, level=level or ""
            ),
        )
        begun(month_asked(month), answer.standpoint, first=answer.first_day)
        return answer

    asked(started(lang, demo=demo), question, print_explanation, as_json=as_json)


def _one(chosen: dict[str, bool]) -> str | None:
    """The figure that was named. Raises `QuestionRefused` for several."""
    named = [name for name, wanted in chosen.items() if wanted]
    if len(named) > 1:
        raise QuestionRefused(
            Words(ja="説明する数値を一つだけ指定してください。", en="One figure is explained at a time."),
            mend=Words(ja=f"--{named[0]} だけを付けてください。", en=f"Give --{named[0]} alone."),
        )
    return named[0] if named else None
