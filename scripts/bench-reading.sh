#!/bin/sh
# Predictions from disk to metrics, beside polars and NumPy, in one run: writes docs/benchmarks/reading.md.
#   scripts/bench-reading.sh [ROWS]    default 1e7; other counts write under build/bench
# CAIRN_PROGRAMS is where the programs of `make release` are.
set -eu
cd "$(dirname "$0")/.."

environment=build/bench/reading-venv
packages="numpy polars"
if [ "$(cat $environment/packages 2>/dev/null || true)" != "$packages" ]; then
    python3 -m venv $environment
    # shellcheck disable=SC2086 # a list of names
    $environment/bin/pip install -q --disable-pip-version-check $packages
    echo "$packages" >$environment/packages
fi
page=docs/benchmarks/reading.md
[ $# = 0 ] || page=build/bench/reading.md
$environment/bin/python bench/reading/measure.py \
    "${CAIRN_PROGRAMS:-.build/release}/cairn-bench" build/bench/reading "$page" "$@"
cat "$page"
