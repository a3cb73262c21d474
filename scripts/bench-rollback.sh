#!/bin/sh
# How long a way back takes: from the operator's verb, and from the report that breaks a guard, until
# every participant has acknowledged weight 0, with ingest and evaluator away; and what 10,000
# watchers and peers that send nonsense cost the controller. Writes docs/benchmarks/rollback.md.
#   scripts/bench-rollback.sh [ROUNDS]    default 100
set -eu
cd "$(dirname "$0")/.."

rounds=${1:-100}
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

stop() {
    kill $controller
    wait $controller || true
}

page=docs/benchmarks/rollback.md
{
    echo "# Rollbacks"
    echo
    echo "Measured by \`make bench\` (\`scripts/bench-rollback.sh $rounds\`); ingest and evaluator away,"
    echo "controller and participants on one machine of $(nproc) processors. *Seen*: from sending the"
    echo "verb (or the report that breaks a guard) until the caller's watch shows every acknowledgement;"
    echo "*recorded*: the controller's own times. Every event is durable (fsync) before it counts."
    echo
    for participants in 100 1000; do
        serve
        echo "## $participants participants"
        echo
        echo '```'
        "$programs/cairn-bench" rollback --to "unix:$folder/rpc" --participants $participants \
            --rounds "$rounds"
        echo '```'
        echo
        stop
    done
    serve
    echo "## 10,000 idle watchers, and peers that break the rules"
    echo
    echo '```'
    "$programs/cairn-bench" watchers --to "unix:$folder/rpc" --count 10000 --server $controller
    echo '```'
    stop
} >"$folder/page"
mv "$folder/page" $page
cat $page
