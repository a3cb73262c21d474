#!/bin/sh
# How long a trainer waits for a checkpoint of its memory, against memcpy of the same bytes.
#   scripts/bench-stall.sh [MIB] [ROUNDS]    default 1024 MiB, 9 rounds; writes docs/benchmarks/stall.md
# The programs are those of `make release`.
set -eu
cd "$(dirname "$0")/.."

mib=${1:-1024}
rounds=${2:-9}
programs=$PWD/.build/release
folder=$(mktemp -d)
"$programs/cairn-ingest" --data "$folder/data" --listen "unix:$folder/ingest" --admin none \
    2>"$folder/log" &
service=$!
trap 'kill $service; wait $service || true; rm -rf "$folder"' EXIT
until [ -S "$folder/ingest" ]; do sleep 0.1; done
run() { "$programs/cairn-bench" stall --to "unix:$folder/ingest" --mib "$mib" --rounds "$rounds" "$@"; }
# value NAME FILE
value() { sed -n "s/^$1=//p" "$2"; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
run --idle 1 >"$folder/idle"
run >"$folder/busy"
{
    echo "# A trainer's wait for a checkpoint"
    echo
    echo "Measured by \`make bench\` (\`scripts/bench-stall.sh $mib $rounds\`), $(nproc) processors: \`Checkpointer\`"
    echo "copies $mib MiB of a trainer's memory and takes the checkpoint; \`memcpy\` copies the same bytes into"
    echo "memory that was written before. Medians of $rounds rounds; the first checkpoint writes fresh memory."
    echo
    echo "| | memcpy, ms | wait, ms | ratio | first wait, ms |"
    echo "| --- | --- | --- | --- | --- |"
    for state in idle busy; do
        name='nothing under way'
        [ $state = busy ] && name='the upload before it under way'
        plain=$(value memcpy_ms "$folder/$state")
        stall=$(value stall_ms "$folder/$state")
        first=$(value first_ms "$folder/$state")
        printf '| %s | %.0f | %.0f | %s | %.0f |\n' "$name" "$plain" "$stall" \
            "$(ratio "$stall" "$plain")" "$first"
    done
} >docs/benchmarks/stall.md
cat docs/benchmarks/stall.md
