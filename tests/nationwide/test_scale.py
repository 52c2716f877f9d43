"""The scale run measures what it says, over the same contracts, and tells it in rows and charts."""

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from rich.console import Console

from benchmarks.nationwide.country import contracted
from benchmarks.nationwide.making import make
from benchmarks.nationwide.year import year
from benchmarks.scale.charts import Chart, Line, drawn
from benchmarks.scale.measuring import Scale, common, kept, measure
from benchmarks.scale.telling import tell
from projections.catalogue import PROJECTIONS
from slm_domain.sla import Words

UNITS = {"append": 40, "read": 1, "command": 2, "report": 2}


@pytest.fixture(scope="module")
def folder(short_directory: Path) -> Path:
    """The years of one small municipality and of a joint contract."""
    found = short_directory / "scale"
    make(found, contracted(1), seed=1, processes=1, durable=False, console=Console(file=io.StringIO()))
    return found


@pytest.fixture(scope="module")
def measured(folder: Path) -> Scale:
    """It, measured."""
    told: list[str] = []
    measure(
        [folder], costs=tuple(UNITS), workers=[1], models=True, verify=True, rounds=1, units=UNITS, tell=told.append
    )
    assert len(told) == 1 + len(PROJECTIONS) + len(UNITS)
    return kept(folder)


def test_every_cost_is_of_so_many_units_and_every_rebuild_of_all_entries(measured: Scale) -> None:
    read = sum(len(append.events) for append in year(contracted(1)[0], 1))
    assert {name: spent.units for name, (spent,) in measured.costs.items()} == UNITS | {"read": read}
    assert all(spent.ours_ns > 0 and spent.each_ns > 0 for (spent,) in measured.costs.values())
    assert [each.of for each in measured.rebuilds] == ["all", *(projection.name for projection in PROJECTIONS)]
    for each in measured.rebuilds:
        assert each.rebuild.entries == measured.made.entries
        stages = ["reading", "indexing", "catching up", *(["verifying", "comparing"] if each.of == "all" else [])]
        assert list(each.rebuild.stages) == stages
        assert each.rebuild.verified == (each.of == "all")
        assert each.rebuild.differing == 0
        assert each.rebuild.took_ns == sum(list(each.rebuild.stages.values())[:3])
        assert min(each.rebuild.each_ns, each.rebuild.server_ns, each.rebuild.memory) > 0


def test_appends_that_are_measured_leave_nothing_and_commands_stay(measured: Scale) -> None:
    commands = 1 + UNITS["command"]  # the first makes the contract ready
    assert measured.entries == measured.made.entries + commands
    sizes = measured.sizes
    assert sizes is not None
    assert min(sizes.journal, sizes.journal_indexes, sizes.read_models, sizes.read_model_indexes) > 0


def test_databases_are_compared_over_contracts_that_all_of_them_have(folder: Path) -> None:
    assert [who.code for who in common([folder, folder], 10)] == [contracted(1)[0].code]


def test_a_folder_without_a_year_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="holds no nationwide year"):
        kept(tmp_path)


def test_rows_compare_the_largest_with_the_smallest_and_charts_are_drawn(measured: Scale, tmp_path: Path) -> None:
    larger = _grown(measured, entries=10, times=2)
    rows = tell([larger, measured], tmp_path)
    assert [row.ratio for row in rows if row.limit == Decimal("1.15")] == [Decimal("2.00")] * 5
    assert [row.kept for row in rows if row.limit == Decimal("1.15")] == [False] * 5
    assert [row.kept for row in rows if row.unit == "MiB"] == [True]
    told = msgspec.json.decode((tmp_path / "results.json").read_bytes())
    assert [scale["made"]["entries"] for scale in told["scales"]] == [measured.made.entries, larger.made.entries]
    assert {file.stem for file in tmp_path.glob("*.svg")} == {"cost", "rebuild", "workers", "memory", "sizes"}
    for file in tmp_path.glob("*.svg"):
        assert ElementTree.parse(file).getroot().tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 -- our own file


def test_a_chart_stands_where_its_figures_say() -> None:
    words = Words(ja="件", en="entries")
    points: Sequence[tuple[int, Decimal]] = [(10, Decimal(0)), (100, Decimal(30)), (1000, Decimal(40))]
    chart = Chart(title=words, across=words, up=words, lines=[Line(name=words, points=points)], limit=Decimal(20))
    root = ElementTree.fromstring(drawn(chart))  # noqa: S314 -- our own text
    circles = [
        (int(one.attrib["cx"]), int(one.attrib["cy"])) for one in root.iter("{http://www.w3.org/2000/svg}circle")
    ]
    assert [x for x, _ in circles] == [100, 300, 500], "each ten times as much is as far again"
    assert [y for _, y in circles] == [336, 126, 56], "from nought at the bottom to forty at the top"


def _grown(scale: Scale, *, entries: int, times: int) -> Scale:
    """As if there were so many times the entries, each at so many times the cost."""
    larger = msgspec.json.decode(msgspec.json.encode(scale), type=Scale)
    larger.made = msgspec.structs.replace(scale.made, entries=scale.made.entries * entries)
    larger.costs = {
        name: [
            msgspec.structs.replace(one, ours_ns=one.ours_ns * times, server_ns=one.server_ns * times) for one in spent
        ]
        for name, spent in scale.costs.items()
    }
    larger.rebuilds = [
        msgspec.structs.replace(
            each,
            rebuild=msgspec.structs.replace(
                each.rebuild, busy_ns=each.rebuild.busy_ns * times, server_ns=each.rebuild.server_ns * times
            ),
        )
        for each in scale.rebuilds
    ]
    return larger
