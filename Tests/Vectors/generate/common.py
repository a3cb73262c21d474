"""What all makers of known answers share: cases, seeds, numbers that JSON lacks."""

import importlib.metadata
import json
import math
import random

import mpmath
import numpy

mpmath.mp.dps = 60
mpf = mpmath.mpf


class Cases:
    """Collects cases; every kind draws from a stream of its own, so that one more case of a kind
    leaves the others as they are."""

    def __init__(self, name, seed):
        self.name, self.seed, self.cases, self.counts = name, seed, [], {}

    def random(self, kind):
        return random.Random(f"{self.seed} {kind}")

    def add(self, kind, input, expect, rel=1e-9, absolute=None, note=None, **more):
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        case = {"id": f"{self.name}-{kind}-{number:03}", "kind": kind, "expect": expect}
        if input:
            case["input"] = input
        case["rel_tol"] = rel
        if absolute is not None:
            case["abs_tol"] = absolute
        if note:
            case["note"] = note
        self.cases.append(case | more)


def plain(value):
    """A value as JSON can hold it: exact numbers rounded once, infinities and NaN as strings."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (bool, numpy.bool_)):
        return bool(value)
    if isinstance(value, (int, numpy.integer)):
        return int(value)
    if isinstance(value, (float, numpy.floating, mpmath.mpf)):
        value = float(value)
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
    return value


def versions(*names):
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def write(path, document):
    with open(path, "w") as file:
        json.dump(plain(document), file, ensure_ascii=False, allow_nan=False)
        file.write("\n")


def normals(random, count, mean=0.0, deviation=1.0, digits=6):
    return [round(random.gauss(mean, deviation), digits) for _ in range(count)]
