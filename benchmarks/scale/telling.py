"""What was measured, as rows that compare the largest database with the smallest, as JSON, and as charts."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median_low
from typing import TypeVar

import msgspec

from benchmarks.rows import Row, compared
from benchmarks.scale.charts import Chart, Line, drawn
from benchmarks.scale.measuring import ALL, RebuildCost, Scale, Sizes
from projections.catalogue import PROJECTIONS
from slm_domain.sla import Words

T = TypeVar("T")
DEARER = "1.15"  # a unit may cost so many times as much over the largest database as over the smallest
MOST_MEMORY = 1024  # MiB of a process
_MIB = 1024 * 1024
_THOUSAND = 1000
_HUNDRED = 100
_UNITS = {
    "append": Words(ja="記録 1件", en="append an entry"),
    "read": Words(ja="読取り 1件", en="read an entry"),
    "command": Words(ja="コマンド 1件", en="a command"),
    "report": Words(ja="月次報告 1件", en="a month's report"),
}
_REBUILD = Words(ja="投影作り直し 1件", en="rebuild, an entry")
_ENTRIES = Words(ja="記録の件数（対数）", en="entries (powers of ten)")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was measured, and the rows that follow from it."""

    scales: Sequence[Scale]
    rows: Sequence[Row]


def tell(scales: Sequence[Scale], into: Path) -> list[Row]:
    """Write `results.json` and the charts into a folder; give the rows."""
    ordered = sorted(scales, key=lambda scale: scale.made.entries)
    rows = _rows(ordered)
    into.mkdir(parents=True, exist_ok=True)
    encoder = msgspec.json.Encoder(decimal_format="number")
    told = encoder.encode(Told(scales=ordered, rows=rows))
    (into / "results.json").write_bytes(msgspec.json.format(told) + b"\n")
    for name, chart in _charts(ordered):
        if chart.lines:
            (into / f"{name}.svg").write_text(drawn(chart), encoding="utf-8")
    return rows


def _rows(scales: Sequence[Scale]) -> list[Row]:
    least, most = scales[0], scales[-1]
    over = f"over {most.made.entries:,} entries; over {least.made.entries:,}"
    rows = [
        compared(
            f"{what.en}, processors' time {over}", "ns", ours=_each(most, name), peer=_each(least, name), at_most=DEARER
        )
        for name, what in _UNITS.items()
        if name in most.costs and name in least.costs
    ]
    for workers in (1, 2):
        ours, peer = _rebuilds(most, workers=workers), _rebuilds(least, workers=workers)
        if ours and peer:
            rows.append(
                compared(
                    f"{_REBUILD.en}, {workers} workers, processors' time {over}",
                    "ns",
                    ours=[each.rebuild.each_ns for each in ours],
                    peer=[each.rebuild.each_ns for each in peer],
                    at_most=DEARER,
                )
            )
            rows.append(
                compared(
                    f"memory of the largest process, {workers} workers, over {most.made.entries:,} entries; the limit",
                    "MiB",
                    ours=[_memory(each) for each in ours],
                    peer=[MOST_MEMORY],
                    at_most="1",
                )
            )
    return rows + _beside_peer(least, most)


def _beside_peer(least: Scale, most: Scale) -> list[Row]:
    """Our rebuilds beside the peer's projection, which took turns with those over the smallest database."""
    if not least.peer:
        return []
    over = (
        "rebuild of all read models by one process over {:,} entries; stock ProjectionRunner with one projection that "
        f"counts, over {least.peer[0].spent.units:,} events"
    )
    rows = []
    for scale in (least, most):
        if found := _rebuilds(scale, workers=1):
            rows.append(
                compared(
                    over.format(scale.made.entries),
                    "entries/s",
                    ours=[each.rebuild.a_second for each in found],
                    peer=[run.a_second for run in least.peer],
                )
            )
            rows.append(
                compared(
                    f"{over.format(scale.made.entries)}, by the processors' time",
                    "entries/s",
                    ours=[1_000_000_000 // each.rebuild.each_ns for each in found],
                    peer=[1_000_000_000 // run.spent.each_ns for run in least.peer],
                )
            )
    return rows


def _charts(scales: Sequence[Scale]) -> Iterable[tuple[str, Chart]]:
    yield (
        "cost",
        Chart(
            title=Words(ja="記録が増えたときの1件あたりの費用", en="What a unit costs as the record grows"),
            across=_ENTRIES,
            up=Words(ja="処理装置の時間（最小の記録を100とする）", en="processors' time, smallest record = 100"),
            lines=_relative(scales),
            limit=Decimal(DEARER) * _HUNDRED,
        ),
    )
    models = [ALL, *(projection.name for projection in PROJECTIONS)]
    yield (
        "rebuild",
        Chart(
            title=Words(ja="投影の作り直し（1プロセス）", en="Rebuilding read models, one process"),
            across=_ENTRIES,
            up=Words(
                ja="1件あたりの処理装置の時間（µs、サーバーを含む）",
                en="processors' time for an entry, µs, server included",
            ),
            lines=_lines(
                scales,
                [(Words(ja="すべて" if of == ALL else of, en="all" if of == ALL else "alone"), of) for of in models],
                lambda scale, of: [each.rebuild.each_ns for each in _rebuilds(scale, workers=1, of=of)],
                per=_THOUSAND,
            ),
        ),
    )
    yield (
        "workers",
        Chart(
            title=Words(ja="プロセス数と作り直しの速さ", en="How fast a rebuild is, by processes"),
            across=_ENTRIES,
            up=Words(ja="1秒あたりの件数（実時間）", en="entries a second, by the clock on the wall"),
            lines=_lines(
                scales,
                [(Words(ja=f"{number}プロセス", en=f"processes: {number}"), number) for number in (1, 2)],
                lambda scale, number: [each.rebuild.a_second for each in _rebuilds(scale, workers=number)],
            ),
        ),
    )
    yield (
        "memory",
        Chart(
            title=Words(ja="作り直しに要するメモリ", en="Memory of a rebuild"),
            across=_ENTRIES,
            up=Words(ja="最大の常駐量（MiB）", en="most that was resident, MiB"),
            lines=_lines(
                scales,
                [(Words(ja=f"{number}プロセス", en=f"processes: {number}"), number) for number in (1, 2)],
                lambda scale, number: [_memory(each) for each in _rebuilds(scale, workers=number)],
            ),
            limit=Decimal(MOST_MEMORY),
        ),
    )
    yield (
        "sizes",
        Chart(
            title=Words(ja="記録の大きさ", en="How much room it takes"),
            across=_ENTRIES,
            up=Words(ja="1件あたりのバイト数", en="bytes an entry"),
            lines=_lines(
                scales, _PARTS, lambda scale, of: [] if scale.sizes is None else [of(scale.sizes)], shared=True
            ),
        ),
    )


_PARTS: Sequence[tuple[Words, Callable[[Sizes], int]]] = (
    (Words(ja="記録", en="journals"), lambda sizes: sizes.journal),
    (Words(ja="記録の索引", en="their indexes"), lambda sizes: sizes.journal_indexes),
    (Words(ja="投影", en="read models"), lambda sizes: sizes.read_models),
    (Words(ja="投影の索引", en="their indexes"), lambda sizes: sizes.read_model_indexes),
)


def _lines(
    scales: Sequence[Scale],
    of: Iterable[tuple[Words, T]],
    found: Callable[[Scale, T], Sequence[int]],
    *,
    per: int = 1,
    shared: bool = False,
) -> list[Line]:
    """A line for each, through the medians of what is found in each database; `shared` by its entries."""
    lines = []
    for name, what in of:
        points = [
            (scale.made.entries, Decimal(median_low(values)) / (scale.entries if shared else per))
            for scale in scales
            if (values := found(scale, what))
        ]
        if points:
            lines.append(Line(name=name, points=points))
    return lines


def _relative(scales: Sequence[Scale]) -> list[Line]:
    """Each cost in percent of what it is over the smallest database."""
    lines = _lines(scales, [(what, name) for name, what in _UNITS.items()], _each)
    lines += _lines(
        scales, [(_REBUILD, ALL)], lambda scale, of: [e.rebuild.each_ns for e in _rebuilds(scale, workers=1, of=of)]
    )
    return [
        Line(name=line.name, points=[(across, up * _HUNDRED / line.points[0][1]) for across, up in line.points])
        for line in lines
    ]


def _each(scale: Scale, name: str) -> list[int]:
    return [spent.each_ns for spent in scale.costs.get(name, [])]


def _rebuilds(scale: Scale, *, workers: int, of: str = ALL) -> list[RebuildCost]:
    return [each for each in scale.rebuilds if each.workers == workers and each.of == of]


def _memory(cost: RebuildCost) -> int:
    return max(cost.rebuild.memory, cost.rebuild.memory_of_worker) // _MIB
