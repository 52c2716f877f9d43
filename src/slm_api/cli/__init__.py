"""The command line, `slm`. Exit codes: see `running`."""

import logging
from collections.abc import Callable

import typer

from slm_api.cli import acting, catalogue, demo, doctor, explaining, questions, questions_of_many, rebuilding

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "serve": acting.serve,
    "apply": acting.apply_file,
    "contracts": questions.contracts,
    "ledger": questions.ledger,
    "availability": questions.availability,
    "explain": explaining.explain,
    "history": questions.history,
    "replay": questions.replay,
    "recovery": questions_of_many.recovery,
    "roll-up": questions_of_many.roll_up,
    "verify-issued": questions_of_many.verify,
    "status": questions.status,
    "doctor": doctor.doctor,
    "rebuild": rebuilding.rebuild,
    "roll-back": rebuilding.roll_back,
    "drop-old": rebuilding.drop_old,
    "schema": acting.schema,
    "catalogue": catalogue.catalogue,
}

HELP = """サービスレベル管理の記録 / the record of service level management

終了コード / exit codes: 0 完了 done; 1 拒否 refused; 2 使い方・設定 usage or setting; 3 データベース database; 4 不一致
differences found.
"""

app = typer.Typer(name="slm", help=HELP, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(questions.report, name="report")


def main() -> None:
    """The entry point `slm`."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("asyncpg").setLevel(logging.ERROR)  # a lost connection is told of once, by us
    app()
