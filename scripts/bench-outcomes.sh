#!/bin/sh
# What a controller does under 200,000 outcomes a second of 1,000 live rollouts among 10,000 targets, and
# the same with 10,000 watchers. Writes docs/benchmarks/outcomes.md.
#   scripts/bench-outcomes.sh [SECONDS]    default 20
# The programs are those of `make release`.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-20}
programs=${CAIRN_PROGRAMS:-$PWD/.build/release}
folder=$(mktemp -d)
controller=
trap 'kill $controller 2>/dev/null || true; rm -rf "$folder"' EXIT

# Ports 1 and 2 answer nobody: ingest and evaluator are away.
serve() {
    rm -rf "$folder/data"
    "$programs/cairn-deployment-controller" --data "$folder/data" --listen "unix:$folder/rpc" \
        --admin none --ingest 127.0.0.1:1 --evaluator 127.0.0.1:2 2>"$folder/log" &
    controller=$!
    until [ -S "$folder/rpc" ]; do
        kill -0 $controller || { cat "$folder/log" >&2; exit 1; }
        sleep 0.05
    done
}

# $1: title, then flags
measure() {
    title=$1
    shift
    serve
    printf '## %s\n\n```\n' "$title"
    "$programs/cairn-bench" outcomes --to "unix:$folder/rpc" --server $controller \
        --seconds "$seconds" "$@"
    printf 'log_mib=%s\n```\n\n' "$(du -m "$folder/data" | tail -1 | cut -f1)"
    kill $controller
    wait $controller || true
}

{
    cat <<PAGE
# Live outcomes

Measured by \`make bench-rollout\` (\`scripts/bench-outcomes.sh $seconds\`): 10,000 targets in one
controller, 1,000 of them with a rollout at 5 % under three guards (errors, latency, scores), each with a
router and a host that reports; controller, routers, hosts and watchers on one machine of $(nproc)
processors. A report is answered when it is judged and durable (fsync). Reports are sent at their moments
whether or not earlier ones were answered, and their times count from those moments. *Breach to table*:
from sending the report that breaks a guard until the router has the table without the candidate;
*recorded*: the controller's own time from there to the acknowledgement.

PAGE
    measure "200,000 events a second in 10,000 reports" --events 200000 --reports 10000
    measure "200,000 events a second in 2,000 reports" --events 200000 --reports 2000
    measure "The same with 10,000 watchers" --events 200000 --reports 2000 --watchers 10000
} >"$folder/page"
cp "$folder/page" docs/benchmarks/outcomes.md
cat docs/benchmarks/outcomes.md
