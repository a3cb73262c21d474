"""Adds every version of every series to every store and restores it, in one run; writes the page.

    python measure.py CORPUS SCRATCH PAGE

Bytes are exact. Times are single passes with the page cache warm: read them as ratios.
"""

import datetime
import filecmp
import os
import pathlib
import platform
import shutil
import sys
import time

import peers


def timed(body, *arguments) -> float:
    start = time.monotonic()
    body(*arguments)
    return time.monotonic() - start


def is_same(a: pathlib.Path, b: pathlib.Path) -> bool:
    names = sorted(f.name for f in a.iterdir())
    return names == sorted(f.name for f in b.iterdir()) and all(
        filecmp.cmp(a / n, b / n, shallow=False) for n in names)


def measure(kind, series: pathlib.Path, scratch: pathlib.Path, together: bool) -> dict:
    shutil.rmtree(scratch, ignore_errors=True)
    raw = peers.size_of(series)
    count = len(list(series.iterdir()))
    for file in series.rglob("*.safetensors"):
        file.read_bytes()  # in the page cache
    store = kind(scratch / "store")
    try:
        if together:
            added = timed(store.add_all, series.name, series)
            restored = timed(store.restore_all, series.name, count, scratch / "out")
        else:
            added = sum(timed(store.add, series.name, v, series / f"v{v}") for v in range(count))
            restored = sum(
                timed(store.restore, series.name, v, scratch / f"out/v{v}") for v in range(count))
        exact = all(is_same(series / f"v{v}", scratch / f"out/v{v}") for v in range(count))
        stored = store.stored() - store.empty
    finally:
        store.close()
    shutil.rmtree(scratch, ignore_errors=True)
    return {
        "bytes": 100 * stored / raw, "add": raw / added / 1e6, "restore": raw / restored / 1e6,
        "exact": exact,
    }


def cell(figures: dict | str) -> str:
    if isinstance(figures, str):
        return figures
    wrong = "" if figures["exact"] else " **not exact**"
    return f"{figures['bytes']:.1f} / {figures['add']:.0f} / {figures['restore']:.0f}{wrong}"


def table(series, kinds, results) -> list[str]:
    lines = ["| store | " + " | ".join(s.name for s in series) + " |",
             "| --- |" + " --- |" * len(series)]
    for kind in kinds:
        cells = " | ".join(cell(results[kind.name, s.name]) for s in series)
        lines.append(f"| {kind.name} | {cells} |")
    return lines


def bars(series, kinds, results) -> str:
    """Bytes of each store for each series, as an SVG."""
    colors = ["#0072b2", "#999999", "#bbbbbb", "#e69f00", "#d55e00", "#cc79a7", "#f0e442", "#56b4e9",
              "#009e73", "#8c564b", "#7f7fff"]
    left, width, step = 170, 560, 12
    rows, y = [], 40
    for s in series:
        rows.append(f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{s.name}</text>')
        for index, kind in enumerate(kinds):
            figures = results[kind.name, s.name]
            if isinstance(figures, str):
                continue
            length = width * min(figures["bytes"], 110) / 110
            rows.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{step - 2}" '
                        f'fill="{colors[index % len(colors)]}"/>'
                        f'<text x="{left + length + 4:.1f}" y="{y + 9}" font-size="9">'
                        f'{kind.name} {figures["bytes"]:.1f} %</text>')
            y += step
        y += 14
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 140} {y}" '
            'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
            f'<text x="{left}" y="22" font-size="14">Bytes stored, % of the files</text>')
    return head + "".join(rows) + "</svg>\n"


def main():
    corpus, scratch, page = map(pathlib.Path, sys.argv[1:4])
    kinds, lacking = peers.available()
    series = sorted(f for f in corpus.iterdir() if f.is_dir())
    results, big = {}, {}
    for s in series:
        for kind in kinds:
            for together, into in ((False, results), (True, big)):
                try:
                    into[kind.name, s.name] = measure(kind, s, scratch, together)
                except RuntimeError as error:
                    into[kind.name, s.name] = "failed"
                    print(f"{kind.name} on {s.name}: {error}", file=sys.stderr)
            print(f"{s.name:22} {kind.name:18} {cell(results[kind.name, s.name])}   "
                  f"at once {cell(big[kind.name, s.name])}", flush=True)
    raw = ", ".join(f"{s.name} {peers.size_of(s) / 1e6:.0f} MB" for s in series)
    lines = [
        "# The store", "",
        f"Measured by `make bench-store` on {datetime.date.today()}: {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}, one run, page cache warm.",
        "Checkpoints of a small transformer trained on the King James text by",
        f"[corpus.py](../../bench/store/corpus.py): {raw}.", "",
        "Each cell: bytes stored in % of the files / MB/s added / MB/s restored. Every restored file "
        "is compared with the original. Cairn works over TCP and syncs before it answers; programs "
        "pay their start for each call; zipnn, glyd and the BitX recipe run inside the harness and sync "
        "nothing. The recipe is only encoded: its third figure means nothing.", "",
        "![bytes stored](store.svg)", "", "## Version by version", "",
        *table(series, kinds, results), "", "## All versions of a series in one call", "",
        "Stores that know no such call add one version after the other.", "",
        *table(series, kinds, big),
    ]
    if lacking:
        lines += ["", "Not measured: " + "; ".join(f"{n} ({w})" for n, w in lacking.items()) + "."]
    page.write_text("\n".join(lines) + "\n")
    page.with_suffix(".svg").write_text(bars(series, kinds, results))


if __name__ == "__main__":
    main()
