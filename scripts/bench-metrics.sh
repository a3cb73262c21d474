#!/bin/sh
# Metrics and tests against the programs that people compute them with, on the same columns, in one
# run: writes docs/benchmarks/metrics.md and .svg.
#   scripts/bench-metrics.sh [--case NAME ...] [N ...]
# Default are all cases and 1e5 1e6 1e7; a choice of cases or sizes writes under build/bench.
#   scripts/bench-metrics.sh --case perplexity --case wer 1e5 1e6
# CAIRN_PROGRAMS is where the programs of `make release` are.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh bench-metrics

environment=build/bench/metrics-venv
if [ ! -e $environment/installed ]; then
    python3 -m venv $environment
    $environment/bin/pip install -q numpy scipy scikit-learn polars duckdb
    # The build without CUDA is a tenth of the size; where it is not at hand, the other does.
    $environment/bin/pip install -q torch==2.13.0+cpu 2>/dev/null ||
        $environment/bin/pip install -q torch
    $environment/bin/pip install -q torchmetrics sacrebleu rouge_score jiwer rapidfuzz \
        pytrec_eval-terrier
    touch $environment/installed
fi
page=docs/benchmarks/metrics.md
[ $# = 0 ] || page=build/bench/metrics.md
# A choice of kernels that was made for another program on this machine is not the peers'.
env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $environment/bin/python bench/metrics/measure.py \
    "${CAIRN_PROGRAMS:-.build/release}/cairn-bench" build/bench/metrics "$page" "$@"
cat "$page"
