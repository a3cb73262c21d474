#!/bin/sh
# False rollbacks and delays of rollouts and of the watch, beside other tools' rules, and what a value
# costs the detectors. Writes docs/benchmarks/rollout.md and its plots.
#   scripts/bench-rollout.sh [ROLLOUTS] [STREAMS] [SEED]    default 10000, 400
# The programs are those of `make release`. How fast a way back is: scripts/bench-outcomes.sh and
# scripts/bench-rollback.sh.
set -eu
cd "$(dirname "$0")/.."

programs=${CAIRN_PROGRAMS:-$PWD/.build/release}
rollouts=${1:-10000}
streams=${2:-400}
seed=${3:-20260101}
draft=$(mktemp)
trap 'rm -f "$draft"' EXIT
{
    cat <<PAGE
# Rollouts: false alarms, delays, costs

Measured by \`make bench-rollout\` (\`scripts/bench-rollout.sh $rollouts $streams $seed\`). How long a way
back takes under load is in [outcomes](outcomes.md) and [rollback](rollback.md), each test by itself in
[sequential](sequential.md).

PAGE
    "$programs/cairn-bench" rollout-rules --rollouts "$rollouts" --seed "$seed" \
        --plots docs/benchmarks
    "$programs/cairn-bench" watch-detectors --streams "$streams" --seed "$seed"
    "$programs/cairn-bench" detectors
} >"$draft"
cp "$draft" docs/benchmarks/rollout.md
cat docs/benchmarks/rollout.md
