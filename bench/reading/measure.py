"""Predictions from disk: the peers read and parse them, we read, check and measure them.

    python measure.py CAIRN_BENCH FOLDER PAGE [ROWS]

In turn, in one run, on the same files: a data set of labels and 10-class probabilities as Float32. All
files are in the page cache. A peer's time ends when its columns are in memory; ours when there are metrics.
"""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import numpy as np
import polars as pl

ROUNDS = 5
WIDTH = 10
METRICS = "accuracy,log_loss"

program, folder, page = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
rows = int(float(sys.argv[4])) if len(sys.argv) > 4 else 10_000_000


def make() -> None:
    done = folder / f"made-{rows}"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("made-*"):
        old.unlink()
    random = np.random.default_rng(1)
    labels = random.integers(0, WIDTH, rows).astype("u1")
    scores = random.random((rows, WIDTH), dtype="f4") + np.float32(0.001)
    scores[np.arange(rows), labels] += np.float32(0.5)
    scores /= scores.sum(axis=1, keepdims=True)
    np.save(folder / "labels.npy", labels)
    np.save(folder / "scores.npy", scores)
    np.savez(folder / "scores.npz", scores=scores)
    np.savez_compressed(folder / "deflated.npz", scores=scores)
    names = [f"scores.{place}" for place in range(WIDTH)]
    pl.DataFrame({"label": labels}).write_csv(folder / "labels.csv")
    pl.DataFrame({name: scores[:, place] for place, name in enumerate(names)}).write_csv(
        folder / "scores.csv")
    cairn = pathlib.Path(program).with_name("cairn")
    subprocess.run([cairn, "convert", folder / "scores.npy", folder / "scores.cpred",
                    "--task", "multiclass"], check=True, stdout=subprocess.DEVNULL)
    done.touch()


def warm(*names: str) -> None:
    for name in names:
        with open(folder / name, "rb") as file:
            while file.read(1 << 24):
                pass


def seconds(body) -> tuple[float, float]:
    """By the clock, and of processors."""
    start, work = time.perf_counter(), time.process_time()
    body()
    return time.perf_counter() - start, time.process_time() - work


def read_csv() -> None:
    # The fastest that polars has: types are given, and all threads work.
    pl.read_csv(folder / "labels.csv", schema={"label": pl.UInt8})
    pl.read_csv(folder / "scores.csv",
                schema={f"scores.{place}": pl.Float32 for place in range(WIDTH)})


def read_npy() -> None:
    np.load(folder / "labels.npy")
    np.load(folder / "scores.npy")


def read_npz(name: str):
    def body() -> None:
        np.load(folder / "labels.npy")
        with np.load(folder / name) as file:
            file["scores"]
    return body


def ours(dataset: str, predictions: str) -> tuple[float, float, str]:
    answer = subprocess.run(
        [program, "read-predictions", "--task", "multiclass", "--dataset", folder / dataset,
         "--predictions", folder / predictions, "--metrics", METRICS, "--rounds", "2"],
        check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    parts = dict(part.split("=") for part in answer.split())
    assert int(parts["rows"]) == rows, answer
    return (float(parts["dataset_s"]) + float(parts["predictions_s"]), float(parts["cpu_s"]), answer)


make()
before = os.getloadavg()[0]
CASES = [
    ("CSV", "labels.csv", "scores.csv", "polars", read_csv),
    (".npy", "labels.npy", "scores.npy", "NumPy", read_npy),
    (".npz, stored", "labels.npy", "scores.npz", "NumPy", read_npz("scores.npz")),
    (".npz, deflated", "labels.npy", "deflated.npz", "NumPy", read_npz("deflated.npz")),
    (".cpred", "labels.npy", "scores.cpred", "NumPy on the .npy", read_npy),
]
lines = []
for name, dataset, predictions, peer, body in CASES:
    theirs, own, their_work, own_work = [], [], [], []
    for _ in range(1 if "deflated" in name else ROUNDS):
        warm(dataset, predictions)
        # The second time, as ours: the system has given it its memory before.
        body()
        took, work = seconds(body)
        theirs.append(took)
        their_work.append(work)
        took, work, answer = ours(dataset, predictions)
        own.append(took)
        own_work.append(work)
    a, b = statistics.median(theirs), statistics.median(own)
    c, d = statistics.median(their_work), statistics.median(own_work)
    size = sum(os.path.getsize(folder / file) for file in (dataset, predictions)) / 1e6
    lines.append(
        f"| {name} | {size:.0f} | {peer} | {a * 1e3:.0f} ({min(theirs) * 1e3:.0f}) | {b * 1e3:.0f} "
        f"({min(own) * 1e3:.0f}) | {a / b:.2f} ({min(theirs) / min(own):.2f}) "
        f"| {c * 1e3:.0f} | {d * 1e3:.0f} |")
    print(lines[-1], answer, flush=True)

loads = f"{before:.0f} to {os.getloadavg()[0]:.0f}"
versions = ", ".join(
    f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "polars"))
page.parent.mkdir(parents=True, exist_ok=True)
page.write_text(f"""# Reading predictions

{rows:,} rows: a data set of labels, and probabilities of {WIDTH} classes as Float32. The peer reads and parses
both files into memory; Cairn reads and checks them, joins them, and measures {METRICS.replace(",", " and ")}
with what is kept of each example, never holding more than some blocks of the predictions. Files are in the page cache,
{os.cpu_count()} processors, of which NumPy uses one, peers and ours in turn, medians of {ROUNDS} (deflated: 1), the
least of them behind. `scripts/bench-reading.sh` measures it again; measured {datetime.date.today()}, {platform.machine()},
{versions}. The load of the machine was {loads}: where it is more than that of one program, times of
processors say more than those of the clock; ours are spread over {os.cpu_count()}.

| file | MB | peer | its ms, read and parsed | ours in ms, from disk to metrics | speed against the peer | its processors' ms | ours |
| --- | --- | --- | --- | --- | --- | --- | --- |
""" + "\n".join(lines) + "\n")
