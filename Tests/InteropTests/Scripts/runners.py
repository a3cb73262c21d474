"""What the scripts of the example runners share: a version is pushed, its suite applied as the example
has it, `cairn eval` runs it, and its numbers are held against those of others."""
import json
import subprocess
import sys

from common import cairn

examples = sys.argv[1]
checks = 0


def expect(is_so, what):
    global checks
    checks += 1
    assert is_so, what


def apply(example):
    """The example's suite, with this Python in place of the host's."""
    with open(f"{examples}/{example}/suite.yaml", encoding="utf-8") as file:
        text = file.read()
    if "[python3," in text:
        text = text.replace("[python3,", f'["{sys.executable}",')
    with open("suite.yaml", "w", encoding="utf-8") as file:
        file.write(text)
    cairn("suite", "apply", "suite.yaml")


def evaluate(model, *files):
    """Pushes a version and evaluates it: the record."""
    version = json.loads(cairn("push", *files, "--model", model, "--version", "auto", "--json"))
    reference = f"{model}@v{version['version']['number'].removeprefix('v')}"
    # It ends with 1 where the verdict is another: then the record says why.
    words = ["cairn", "eval", reference, "--json"]
    record = json.loads(subprocess.run(words, capture_output=True, text=True).stdout)[0]
    expect(record["verdict"] == "pass", record)
    return record


def agree(record, wanted, within):
    """Every number as the framework itself has it."""
    measured = {metric["name"]: metric["value"] for metric in record["metrics"]}
    for name, value in wanted.items():
        gap = abs(measured[name] - value) / max(1, abs(value))
        print(f"  {name} {measured[name]!r}, theirs {value!r}")
        expect(gap <= within, f"{name} is {measured[name]}, expected {value}")


def digits(root):
    """The repository's digits: a table for training, and one for the test beside its file."""
    import csv

    import numpy

    with open(f"{root}/data/digits.csv", newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    label = header.index("label")
    with open("digits-test.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", *header])
        out.writerows([f"digit-{i}", *row] for i, row in enumerate(rows[1000:]))
    cairn("dataset", "add", "digits-test.csv", "--name", "digits-test")
    table = numpy.array(rows, dtype=numpy.float64)
    x, y = numpy.delete(table, label, axis=1).astype(numpy.float32), table[:, label].astype(int)
    return x[:1000], y[:1000], x[1000:], y[1000:]
