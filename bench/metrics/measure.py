"""Every case, the peers and ours in turn on the same columns; writes the page and its plot.

    python measure.py CAIRN_BENCH INPUTS PAGE [--case NAME ...] [N ...]
"""

import argparse
import datetime
import importlib.metadata
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import inputs
import peers

ROUNDS = 9
# Rounds of what takes longer than a second are fewer.
LONG_SECONDS, LONG_ROUNDS = 1.0, 3
# And what takes a minute is timed once.
LONGEST_SECONDS = 15.0


def timed(body) -> float:
    """The median in ms."""
    start = time.perf_counter()
    body()
    first = time.perf_counter() - start
    count = max(1, min(1000, int(1e-4 / max(first, 1e-9))))
    if first > LONGEST_SECONDS:
        return first * 1e3
    times = []
    for _ in range(ROUNDS if first < LONG_SECONDS else LONG_ROUNDS):
        start = time.perf_counter()
        for _ in range(count):
            body()
        times.append((time.perf_counter() - start) / count * 1e3)
    return statistics.median(times)


def peer(columns, run) -> float:
    if getattr(run, "prepares", False):
        return timed(run(columns))
    return timed(lambda: run(columns))


def ours(program, name, folder) -> dict:
    answer = subprocess.run(
        [program, "metrics", "--case", name, "--inputs", folder, "--rounds", str(ROUNDS)],
        check=True, capture_output=True, text=True).stdout
    lines = dict(line.split("=") for line in answer.split())
    numbers = {key: [float(x) for x in value.split(",") if x] for key, value in lines.items()}
    return {
        "ms": statistics.median(numbers["ms"]), "values": numbers["values"],
        "limit": statistics.median(numbers["limit_ms"]) if numbers["limit_ms"] else None,
    }


def agreement(case, columns, values) -> float:
    """The largest relative difference to the right answer."""
    if case["exact"] is None:
        sample = columns["a.f64"]
        reach = 1.959963985 * sample.std(ddof=1) / math.sqrt(len(sample))
        want = [sample.mean() - reach, sample.mean() + reach]
        # In units of the interval's width: resampled bounds scatter by about 3 % of it.
        return max(abs(a - b) for a, b in zip(values, want)) / (2 * reach)
    want = case["exact"](columns)
    assert len(want) == len(values), f"{len(values)} values, expected {len(want)}"
    return max(abs(a - b) / abs(b) if b else abs(a - b) for a, b in zip(values, want))


def goal(case, count):
    of_size = case["goal"].get(count, (None, None)) if isinstance(case["goal"], dict) else case["goal"]
    return tuple(g.get(count) if isinstance(g, dict) else g for g in of_size)


def of_numbers(count):
    return {name: case for name, case in peers.CASES.items()
            if (case["size"] == count if "size" in case else count >= 10**6)}


def of_texts(count):
    return {name: case for name, case in peers.TEXT_CASES.items()
            if count <= case.get("most", count)}


def measure(program, folder, count, cases) -> list:
    rows = []
    columns = peers.Columns(folder)
    for name, case in cases.items():
        reference_name, reference = case["reference"]
        row = {"case": name, "n": count, "reference_name": reference_name}
        row["reference"] = peer(columns, reference)
        row["peers"] = {key: peer(columns, run) for key, run in case["peers"].items()}
        row |= ours(program, name, folder)
        row["difference"] = agreement(case, columns, row.pop("values"))
        row["goal"] = goal(case, count)
        # A peer that is also the reference counts as both.
        others = row["peers"] or {}
        row["best_name"] = min(others, key=others.get) if others else None
        row["best"] = others[row["best_name"]] if others else None
        rows.append(row)
        print(describe(row), flush=True)
    return rows


def number(value) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def ratios(row):
    return (row["reference"] / row["ms"], row["best"] / row["ms"] if row["best"] else None)


def verdict(row) -> str:
    asked = [(r, g) for r, g in zip(ratios(row), row["goal"]) if g is not None and r is not None]
    if not asked:
        return ""
    return "held" if all(r >= g for r, g in asked) else "not held"


def describe(row) -> str:
    by_reference, by_best = ratios(row)
    return (f"{row['case']} n={row['n']} ours={row['ms']:.3f} ms "
            f"{row['reference_name']}={row['reference']:.3f} ({by_reference:.1f}x) "
            f"{row['best_name']}={number(row['best'])} ({number(by_best)}x) goal={row['goal']} "
            f"{verdict(row)} limit={number(row['limit'])} difference={row['difference']:.1e}")


def table(rows) -> list:
    lines = [
        "| case | n | reference | best other peer | Cairn | memory read | × reference | × best peer "
        "| goal | | difference |", "|" + " --- |" * 11]
    for row in rows:
        by_reference, by_best = ratios(row)
        asked = " / ".join(f"{g:g}" if g else "–" for g in row["goal"])
        best = f"{row['best_name']} {number(row['best'])}" if row["best"] else "–"
        lines.append(
            f"| {row['case']} | {row['n']:.0e} | {row['reference_name']} {number(row['reference'])} "
            f"| {best} | {number(row['ms'])} | {number(row['limit'])} | {number(by_reference)} "
            f"| {number(by_best)} | {asked} | {verdict(row)} | {row['difference']:.0e} |")
    return [line.replace("e+0", "e") for line in lines]


def plot(rows) -> str:
    """How many times faster than each, on a logarithmic scale."""
    left, width, line, top = 190, 560, 26, 46
    most = max(r for row in rows for r in ratios(row) if r)
    decades = math.ceil(math.log10(most))
    place = lambda r: left + width * (math.log10(max(r, 0.3)) + 0.5) / (decades + 0.5)
    height = top + line * len(rows) + 20
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 60} {height}" '
           'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>',
           f'<text x="{left}" y="18" font-size="14">Times faster than the reference (blue) and the '
           'best other peer (orange)</text>']
    for decade in range(decades + 1):
        x = place(10**decade)
        out.append(f'<line x1="{x:.1f}" y1="30" x2="{x:.1f}" y2="{height - 14}" stroke="#ddd"/>'
                   f'<text x="{x:.1f}" y="40" text-anchor="middle">{10**decade}×</text>')
    for index, row in enumerate(rows):
        y = top + line * index + 12
        out.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">'
                   f'{row["case"]}, {row["n"]:.0e}</text>'.replace("e+0", "e"))
        for ratio, color, offset in zip(ratios(row), ("#0072b2", "#e69f00"), (-4, 4)):
            if ratio:
                out.append(f'<circle cx="{place(ratio):.1f}" cy="{y + offset}" r="4" '
                           f'fill="{color}"><title>{ratio:.1f}×</title></circle>')
    return "".join(out) + "</svg>\n"


def page(rows) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in (
        "scikit-learn", "scipy", "numpy", "torch", "torchmetrics", "polars", "duckdb", "sacrebleu",
        "rouge_score", "jiwer", "rapidfuzz"))
    return "\n".join([
        "# Metrics", "",
        f"Measured by `make bench-metrics` on {datetime.date.today()}: {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {versions}.",
        "", "Milliseconds, medians of 9 rounds (3 of what takes a second or more, 1 of more than 15), peers and Cairn in "
        "turn on the same columns in memory: labels Int32, scores Float32, numbers Float64. *Memory "
        "read* is how long two threads take to read as many bytes; small columns stay in the cache. "
        "*Difference* is the largest relative one to the right answer, for the bootstrap that of its "
        "bounds to the normal ones in widths of the interval. Goals are those of "
        "the reference and of the best peer; passes differ by up to 1.9 times, so read ratios near a "
        "goal as level. `average_precision` gives the ROC area and KS in the same pass. Texts are verses of the King James "
        "Bible, and the same with words lost, doubled, misspelt, replaced and moved.", "",
        *table(rows), "", "![times faster than the peers](metrics.svg)", ""])


def arguments() -> argparse.Namespace:
    known = sorted([*peers.CASES, *peers.TEXT_CASES])
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("inputs", type=pathlib.Path)
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--case", action="append", choices=known, metavar="NAME", dest="cases",
                        help="only this one; may be repeated: " + ", ".join(known))
    parser.add_argument("counts", nargs="*", type=lambda n: int(float(n)), metavar="N")
    return parser.parse_intermixed_args()


def chosen(cases, names) -> dict:
    return {name: case for name, case in cases.items() if not names or name in names}


def main() -> None:
    asked = arguments()
    program, folder, target = asked.program, asked.inputs, asked.page
    rows = []
    for count in asked.counts or [10**5, 10**6, 10**7]:
        cases = chosen(of_numbers(count), asked.cases)
        own = folder / str(count)
        if cases and not (own / "done").exists():
            inputs.write(own, count)
        rows += measure(program, own, count, cases)
    # Sizes that were asked for are those of texts too, where texts have them.
    for count in inputs.TEXT_COUNTS:
        cases = chosen(of_texts(count), asked.cases)
        if not cases or asked.cases and asked.counts and count not in asked.counts:
            continue
        own = folder / f"texts-{count}"
        if not (own / "done").exists():
            inputs.write_texts(own, count)
        rows += measure(program, own, count, cases)
    if not rows:
        sys.exit("bench-metrics: none of these cases is measured at such a size")
    target.write_text(page(rows))
    target.with_suffix(".svg").write_text(plot(rows))
    wrong = [r["case"] for r in rows
             if r["difference"] > (0.1 if r["case"] == "bootstrap" else 1e-12)]
    if wrong:
        sys.exit(f"bench-metrics: these differ from the right answer: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
