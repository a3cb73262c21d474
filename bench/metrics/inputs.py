"""Writes the columns that every program reads, as raw little-endian files.

    python inputs.py FOLDER N

The same seed and N give the same bytes.
"""

import pathlib
import sys

import numpy


def write(folder: pathlib.Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(20261128)

    def put(name: str, values: numpy.ndarray) -> None:
        values.tofile(folder / name)

    truth = random.integers(0, 10, count, dtype=numpy.int32)
    guess = numpy.where(
        random.random(count) < 0.75, truth, random.integers(0, 10, count, dtype=numpy.int32))
    put("y.i32", truth)
    put("y.u8", truth.astype(numpy.uint8))
    put("h.i32", guess.astype(numpy.int32))
    put("h.u8", guess.astype(numpy.uint8))

    # Scores that mean about what they say, most of them near 0 and 1.
    logit = random.normal(0, 2, count)
    score = (1 / (1 + numpy.exp(-logit))).astype(numpy.float32)
    put("p2.f32", score)
    put("y2.i32", (random.random(count) < score).astype(numpy.int32))

    # In parts, so that a hundred million values are not held twice.
    with open(folder / "rows.f32", "wb") as file:
        for start in range(0, count, 1 << 18):
            own = truth[start:start + (1 << 18)]
            rows = random.normal(0, 1, (len(own), 10))
            rows[numpy.arange(len(own)), own] += 1.5
            rows = numpy.exp(rows)
            rows /= rows.sum(axis=1, keepdims=True)
            rows.astype(numpy.float32).tofile(file)

    put("logprob.f32", -random.exponential(2, count).astype(numpy.float32))

    numbers = random.normal(50, 20, count)
    put("t.f64", numbers)
    put("p.f64", numbers + random.normal(0.5, 5, count))
    put("a.f64", random.normal(0, 1, count))
    put("b.f64", random.normal(0.001, 1.01, count))
    (folder / "done").touch()


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
