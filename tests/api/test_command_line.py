"""The command line: files applied once or many times, the same answers as over HTTP, and errors in a sentence."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from projections.catalogue import PROJECTIONS
from tests.api.requests import CONTRACT, agreed, draft, end, incident, lines
from tests.api.serving import serving

SLM = [sys.executable, "-c", "from slm_api.cli import main; main()"]


def slm(dsn: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SLM_")}
    environment = kept | {"SLM_DATABASE_URL": dsn, "PYTHONUTF8": "1"} | settings
    return subprocess.run([*SLM, *arguments], env=environment, capture_output=True, text=True, check=False)


def written(folder: Path, text: str) -> str:
    file = folder / "commands.jsonl"
    file.write_text(text, encoding="utf-8")
    return str(file)


async def test_a_query_prints_with_json_exactly_what_http_answers(dsn: str, tmp_path: Path) -> None:
    applied = slm(dsn, "apply", written(tmp_path, lines([*agreed(), incident(), end()])))
    assert applied.returncode == 0, applied.stderr
    async with serving(dsn) as api:
        for arguments, address in (
            (["ledger", CONTRACT, "2025-04"], f"/contracts/{CONTRACT}/ledger/2025-04"),
            (["report", "monthly", CONTRACT, "2025-04"], f"/contracts/{CONTRACT}/reports/2025-04"),
            (["replay", CONTRACT], f"/contracts/{CONTRACT}/replay"),
            (["contracts"], "/contracts"),
            (["catalogue"], "/catalogue"),
            (["catalogue", "g4/39-abandoned@basic"], "/catalogue/g4/39-abandoned@basic"),
            (["availability", CONTRACT, "--by", "week"], f"/contracts/{CONTRACT}/availability?by=week"),
            (
                ["explain", CONTRACT, "2025-04", "--fee"],
                f"/contracts/{CONTRACT}/months/2025-04/explanation?figure=fee",
            ),
            (["roll-up", "--month", "2025-04", "--contract", CONTRACT], f"/roll-ups?month=2025-04&contract={CONTRACT}"),
        ):
            printed = await asyncio.to_thread(slm, dsn, *arguments, "--json")  # the API goes on meanwhile
            assert printed.returncode == 0, printed.stderr
            assert printed.stdout == (await api.get(address)).text + "\n"


def test_a_file_is_safe_to_apply_again(dsn: str, tmp_path: Path) -> None:
    file = written(tmp_path, lines([*agreed(), incident()]))
    assert "5 recorded, 0 recorded before" in slm(dsn, "apply", file, "--lang", "en").stdout
    assert "0 recorded, 5 recorded before" in slm(dsn, "apply", file, "--lang", "en").stdout


def test_a_refused_line_is_named_and_stops_the_file_unless_told_to_go_on(dsn: str, tmp_path: Path) -> None:
    file = written(tmp_path, lines([*agreed(), end(), incident(at="2025-04-12T09:00:00+09:00")]))
    stopped = slm(dsn, "apply", file, "--lang", "en")
    assert stopped.returncode == 1
    assert "line 5" in stopped.stderr
    assert "There is no incident inc-1" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert "4 recorded, 0 recorded before, 1 refused" in stopped.stdout
    went_on = slm(dsn, "apply", file, "--lang", "en", "--continue")
    assert "1 recorded, 4 recorded before, 1 refused" in went_on.stdout


def test_applying_to_a_database_without_a_record_creates_it_with_the_clock_the_file_needs(
    empty_dsn: str, tmp_path: Path
) -> None:
    missing = slm(empty_dsn, "contracts", "--lang", "en")
    assert missing.returncode == 3
    assert "slm apply FILE" in missing.stderr
    applied = slm(empty_dsn, "apply", written(tmp_path, lines(agreed())))
    assert applied.returncode == 0, applied.stderr
    assert json.loads(slm(empty_dsn, "status", "--json").stdout)["clock"] == "simulated"
    other = slm(empty_dsn, "apply", written(tmp_path, lines(agreed())), "--clock", "real")
    assert other.returncode == 3
    assert "Traceback" not in other.stderr


def test_what_people_read_names_the_clock_and_the_standpoint(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines([*agreed(), incident(), end()])))
    japanese = slm(dsn, "report", "monthly", CONTRACT, "2025-04")
    assert japanese.returncode == 0, japanese.stderr
    assert "［シミュレーション］" in japanese.stdout
    assert "2025-04-11 10:00 現在" in japanese.stdout
    assert "99.04 %" in japanese.stdout
    for printed in ("採用した条件", "C5", "争いのある時刻", "発注者", "月額"):
        assert printed in japanese.stdout
    english = slm(dsn, "availability", CONTRACT, "--lang", "en")
    assert "[simulated]" in english.stdout


def test_an_explanation_is_printed_as_a_sum_in_both_languages(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines([*agreed(), incident(), end()])))
    japanese = slm(dsn, "explain", CONTRACT, "2025-04")
    assert japanese.returncode == 0, japanese.stderr
    for printed in ("停止した時間（算入）", "2025-04-10 16:30", "1:45", "根拠とした記録", "停止の終了"):
        assert printed in japanese.stdout
    english = slm(dsn, "explain", CONTRACT, "2025-04", "--lang", "en")
    assert "Calculation" in english.stdout
    both = slm(dsn, "explain", CONTRACT, "2025-04", "--fee", "--deductions", "--lang", "en")
    assert both.returncode == 1
    assert "Give --deductions alone." in both.stderr


def test_an_unknown_contract_is_told_in_a_sentence(dsn: str) -> None:
    told = slm(dsn, "ledger", "nobody", "2025-04")
    assert told.returncode == 1
    assert "nobody" in told.stderr
    assert "対処" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_code_that_nearly_is_one_is_told_those_that_are(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines(agreed())))
    told = slm(dsn, "replay", "twon-2025", "--lang", "en")
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert CONTRACT in told.stderr


def test_a_line_that_is_no_json_is_named_by_its_number(dsn: str, tmp_path: Path) -> None:
    first, second, *_ = lines(agreed()).splitlines()
    told = slm(dsn, "apply", written(tmp_path, f"{first}\n{second}\n{{]\n"), "--lang", "en")
    assert told.returncode == 1
    assert "line 3" in told.stderr
    assert "Traceback" not in told.stderr
    assert "2 recorded" in told.stdout


def test_a_file_that_is_no_text_is_told_in_a_sentence(dsn: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(bytes(range(256)))
    told = slm(dsn, "apply", str(file))
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)


def test_a_simulated_record_wants_the_time_and_a_real_one_refuses_it(empty_dsn: str, tmp_path: Path) -> None:
    made = slm(empty_dsn, "apply", written(tmp_path, lines([draft(at=None)])), "--lang", "en")
    assert made.returncode == 0, made.stderr
    refused = slm(empty_dsn, "apply", written(tmp_path, lines([draft(key="again")])), "--lang", "en")
    assert refused.returncode == 1
    assert "Leave `at` out" in refused.stderr


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("postgresql://slm:secret@127.0.0.1:1/slm", ["contracts"]),
        ("postgresql://slm:secret@127.0.0.1:1/slm", ["serve"]),
        ("mysql://127.0.0.1/slm", ["rebuild", "--all"]),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(address: str, arguments: list[str]) -> None:
    told = slm(address, *arguments, "--lang", "en")
    assert told.returncode == 3
    assert "SLM_DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr
    assert "secret" not in told.stderr


def test_a_port_in_use_is_told_in_a_sentence(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines(agreed())))
    with socket.create_server(("127.0.0.1", 0)) as other:
        told = slm(dsn, "serve", "--port", str(other.getsockname()[1]), "--lang", "en")
    assert told.returncode == 2
    assert "--port" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_data_directory_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    told = slm("", "contracts", "--lang", "en", SLM_DATA_DIRECTORY=str(file / "data"))
    assert told.returncode == 3
    assert "SLM_DATA_DIRECTORY" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_api_is_not_served_beyond_this_machine(dsn: str) -> None:
    for arguments, settings in ((["--host", "192.0.2.1"], {}), ([], {"SLM_HOST": "192.0.2.1"})):
        refused = slm(dsn, "serve", *arguments, **settings)
        assert refused.returncode == 2
        assert "loopback" in refused.stderr


def test_read_models_are_built_anew_on_command(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines([*agreed(), incident(), end()])))
    before = slm(dsn, "ledger", CONTRACT, "2025-04", "--json").stdout
    rebuilt = slm(dsn, "rebuild", "--all", "--verify")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert slm(dsn, "ledger", CONTRACT, "2025-04", "--json").stdout == before
    again = slm(dsn, "rebuild", "--all", "--workers", "2", "--anew", "--verify")
    assert again.returncode == 0, again.stderr
    assert slm(dsn, "ledger", CONTRACT, "2025-04", "--json").stdout == before
    unknown = slm(dsn, "rebuild", "nothing")
    assert unknown.returncode == 1
    assert "Traceback" not in unknown.stderr


async def test_a_rebuild_of_a_record_without_read_models_builds_them_once(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines(agreed())))
    link = await asyncpg.connect(dsn)
    for schema in await link.fetch("SELECT nspname FROM pg_namespace WHERE nspname ~ '_v[0-9]+_g[0-9]+$'"):
        await link.execute(f"DROP SCHEMA {schema['nspname']} CASCADE")
    await link.execute("DROP SCHEMA slm_projection CASCADE")  # as after a restore of the journals alone
    rebuilt = slm(dsn, "rebuild", "--all", "--verify", "--lang", "en")
    assert rebuilt.returncode == 0, rebuilt.stderr
    numbers = await link.fetch("SELECT number FROM slm_projection.generation ORDER BY number")
    await link.close()
    assert [row["number"] for row in numbers] == list(range(1, len(PROJECTIONS) + 1))
    assert CONTRACT in slm(dsn, "contracts").stdout


async def test_a_row_changed_by_hand_is_named_and_mended_by_a_rebuild(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines(agreed())))
    link = await asyncpg.connect(dsn)
    schema = await link.fetchval("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'contracts_v%'")
    await link.execute(f"UPDATE {schema}.contract SET levels = levels + 1")  # noqa: S608 -- the catalogue's own name
    await link.close()
    told = slm(dsn, "rebuild", "contracts", "--verify", "--lang", "en")
    assert told.returncode == 4, told.stderr
    assert "differs from before: contracts_v" in told.stdout
    assert "levels" in told.stdout
    assert slm(dsn, "rebuild", "contracts", "--verify").returncode == 0


def test_read_models_can_be_set_back_and_old_ones_dropped(dsn: str, tmp_path: Path) -> None:
    slm(dsn, "apply", written(tmp_path, lines(agreed())))
    nothing = slm(dsn, "roll-back", "contracts", "--lang", "en")
    assert nothing.returncode == 1
    assert "Traceback" not in nothing.stderr
    first = slm(dsn, "status", "--json").stdout
    assert slm(dsn, "rebuild", "contracts").returncode == 0
    assert slm(dsn, "status", "--json").stdout != first
    back = slm(dsn, "roll-back", "contracts", "--lang", "en")
    assert back.returncode == 0, back.stderr
    assert "is live again" in back.stdout
    assert "1 dropped" in slm(dsn, "drop-old", "--lang", "en").stdout
    assert "0 dropped" in slm(dsn, "drop-old", "--lang", "en").stdout


def test_the_schema_of_the_document_is_printed(dsn: str) -> None:
    assert json.loads(slm(dsn, "schema").stdout)["title"] == "SLA記述書 / SLA document"
