#!/bin/sh
# A push of new bytes, whole, against what this machine's disk and loopback take: GB/s in one run.
#   scripts/bench-push.sh [ROUNDS] [MIB]    default 3 rounds of 1024 MiB; writes docs/benchmarks/push.md
# The programs are those of `make release`.
set -eu
cd "$(dirname "$0")/.."

rounds=${1:-3}
mib=${2:-1024}
programs=$PWD/.build/release
folder=$(mktemp -d)
export HOME="$folder"
mkdir -p build/bench
cc -O2 bench/raw/loopback.c -o build/bench/loopback
trap '"$programs/cairn" down --data "$folder/data" >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
"$programs/cairn" up --data "$folder/data" --port-base "${CAIRN_PORT_BASE:-27600}" >/dev/null

now() { date +%s.%N; }
# gigabytes_per_second START END
speed() { awk "BEGIN { printf \"%.2f\n\", $mib * 1048576 / 1e9 / ($2 - $1) }"; }
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    head -c "$((mib * 1048576))" /dev/urandom >"$folder/model.bin"
    start=$(now)
    dd if="$folder/model.bin" of="$folder/copy" bs=4M conv=fdatasync 2>/dev/null
    speed "$start" "$(now)" >>"$folder/disk"
    rm "$folder/copy"
    start=$(now)
    "$programs/cairn" push "$folder/model.bin" --model bench --version auto >/dev/null 2>&1
    speed "$start" "$(now)" >>"$folder/push"
    build/bench/loopback "$mib" 1048576 >>"$folder/loopback.txt"
done
disk=$(median <"$folder/disk")
push=$(median <"$folder/push")
loopback=$(sed -n 's/.*=//p' "$folder/loopback.txt" | head -n 1)
ratio=$(awk "BEGIN { printf \"%.2f\", $push / $disk }")
{
    echo "# Pushing a model"
    echo
    echo "Measured by \`make bench\` (\`scripts/bench-push.sh $rounds $mib\`), $(nproc) processors, medians of"
    echo "$rounds rounds of $mib MiB of bytes that ingest has never seen. A push reads, hashes (BLAKE3, twice:"
    echo "trainer and ingest), sends over TCP, writes and syncs, and commits. The disk's figure is \`dd\` with"
    echo "\`fdatasync\` of the same file, loopback's a bare C loop with pieces of 1 MiB."
    echo
    echo "| what | GB/s |"
    echo "| --- | --- |"
    echo "| disk, written and synced | $disk |"
    echo "| loopback, bare | $loopback |"
    echo "| \`cairn push\` | $push ($ratio of the disk) |"
} >docs/benchmarks/push.md
cat docs/benchmarks/push.md
