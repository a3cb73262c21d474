#!/bin/sh
# False rollbacks and power of the sequential tests, and what a value costs the detectors.
#   scripts/bench-sequential.sh [ROLLOUTS] [SEED]   default 10000; writes docs/benchmarks/sequential.md
# The programs are those of `make release`.
set -eu
cd "$(dirname "$0")/.."

programs=${CAIRN_PROGRAMS:-$PWD/.build/release}
draft=$(mktemp)
trap 'rm -f "$draft"' EXIT
"$programs/cairn-bench" null-rollouts --rollouts "${1:-10000}" --seed "${2:-20260101}" >"$draft"
echo >>"$draft"
"$programs/cairn-bench" detectors >>"$draft"
cp "$draft" docs/benchmarks/sequential.md
cat docs/benchmarks/sequential.md
