"""Writes the columns that every program reads, as raw little-endian files.

    python inputs.py FOLDER N

The same seed and N give the same bytes.
"""

import pathlib
import random as python_random
import subprocess
import sys

import numpy

# Of texts there are fewer than of numbers: their programs take minutes for these.
TEXT_COUNTS = (10**4, 10**5)


def sentences() -> list:
    """Real prose: the verses of Debian's bible-kjv."""
    answer = subprocess.run(
        ["bible", "-f", "gen1:1-rev22:21"], capture_output=True, check=True,
        stdin=subprocess.DEVNULL)
    lines = answer.stdout.decode("ascii", "ignore").splitlines()
    return [line.split(" ", 1)[1].strip() for line in lines if " " in line.strip()]


def changed(words: list, random: python_random.Random) -> list:
    """Words lost, doubled, misspelt and replaced, about one in six, and now and then a run moved."""
    out = []
    for word in words:
        what = random.random()
        if what < 0.04:
            continue
        out.append(word if what < 0.84 else random.choice(words))
        if 0.8 < what < 0.84 and len(word) > 3:
            place = random.randrange(len(word) - 1)
            out[-1] = word[:place] + word[place + 1] + word[place] + word[place + 2:]
        if 0.76 < what < 0.8:
            out.append(word)
    if random.random() < 0.2 and len(out) > 8:
        start = random.randrange(len(out) - 4)
        run, rest = out[start:start + 4], out[:start] + out[start + 4:]
        place = random.randrange(len(rest))
        out = rest[:place] + run + rest[place:]
    return out


def write_texts(folder: pathlib.Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    random, verses = python_random.Random(20261128), sentences()
    references = [verses[i % len(verses)] for i in range(count)]
    hypotheses = [" ".join(changed(text.split(), random)) for text in references]
    for name, texts in (("references.txt", references), ("hypotheses.txt", hypotheses)):
        (folder / name).write_text("".join(text + "\n" for text in texts))
    (folder / "done").touch()


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
