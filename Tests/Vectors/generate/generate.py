"""Makes known answers that nobody has seen: other data under the same schemas.

    python3 generate.py OUT [SEED]

Then `CAIRN_VECTORS=OUT swift test --filter Vector` holds Cairn against them.
"""

import os
import pathlib
import sys

import numpy

import canary
import detectors
import mean_tests
import metrics_cases
import rank_tests
import sequential_tests
import special_functions
from common import Cases, versions, write


def main():
    out = pathlib.Path(sys.argv[1])
    seed = sys.argv[2] if len(sys.argv) > 2 else str(int.from_bytes(os.urandom(4), "big"))
    out.mkdir(parents=True, exist_ok=True)
    cases = Cases(f"s{seed}", seed)
    for maker in [special_functions, mean_tests, rank_tests, sequential_tests, detectors, canary]:
        maker.make(cases)
    made_with = versions("scipy", "river", "statsmodels", "numpy", "mpmath")
    meta = {"format": 1, "seed": seed, "made_with": made_with}
    write(out / "statistics.json", {"meta": meta, "cases": cases.cases})
    write(out / "kayenta-judge.json", canary.judge_facts(cases))

    numbers = Cases(f"s{seed}", seed)
    rng = numpy.random.default_rng(numbers.random("data").getrandbits(64))
    data = metrics_cases.shared_data(rng)
    metrics_cases.make(numbers, data)
    made_with = versions(
        "scikit-learn", "scipy", "numpy", "sacrebleu", "rouge_score", "jiwer",
        "pytrec_eval-terrier")
    meta = {"format": 1, "seed": seed, "made_with": made_with}
    write(out / "metrics.json", {"meta": meta, "data": data, "cases": numbers.cases})
    print(f"seed {seed}: {len(cases.cases)} cases of {len(cases.counts)} kinds, "
          f"{len(numbers.cases)} of {len(numbers.counts)} kinds of metrics in {out}")


main()
