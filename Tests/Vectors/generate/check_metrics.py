"""Holds the makers against the fixed metrics.json: the same inputs must give the same answers.

    python3 check_metrics.py [../metrics.json]
"""

import json
import math
import pathlib
import sys

import metrics_numbers
import metrics_text
from common import plain


def differences(path, want, got, case):
    if isinstance(want, dict):
        for key in want.keys():
            if key not in got:
                yield f"{path}.{key} is missing"
            else:
                yield from differences(f"{path}.{key}", want[key], got[key], case)
    elif isinstance(want, list):
        if len(want) != len(got):
            yield f"{path}: {len(got)} items, want {len(want)}"
        for index, (a, b) in enumerate(zip(want, got)):
            yield from differences(f"{path}[{index}]", a, b, case)
    elif want != got:
        numbers = isinstance(want, (int, float)) and isinstance(got, (int, float))
        if not numbers or not math.isclose(
                want, got, rel_tol=case["rel_tol"], abs_tol=case["abs_tol"]):
            yield f"{path}: {got}, want {want}"


path = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent / "metrics.json"
document, bad, checked = json.load(open(path)), 0, 0
for case in document["cases"]:
    if "status" in case["expect"]:
        continue
    maker = getattr(metrics_numbers, case["kind"], None) or getattr(metrics_text, case["kind"])
    data = document["data"].get(case.get("data"), {}) | (case.get("input") or {})
    data = {key: [float(x) if x in ("Infinity", "-Infinity") else x for x in value]
            if key in ("score", "t", "pred") else value for key, value in data.items()}
    got = plain(maker(data, case.get("options") or {}))
    wrong = list(differences(case["id"], case["expect"], got, case))
    bad += bool(wrong)
    checked += 1
    for line in wrong[:4]:
        print(line[:200])
print(f"{bad} of {checked} differ")
