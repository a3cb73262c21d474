#!/bin/sh
# Calls and bulk transfer: Cairn against gRPC C++ and against bare sockets, on the same work.
#   scripts/bench-rpc.sh [ROUNDS]    default 5; medians are compared
# Client and server share one processor (BENCH_CPU, default 0), all peers take turns in each round,
# and nothing is compared across runs. Writes docs/benchmarks/rpc.md.
set -eu
cd "$(dirname "$0")/.."

rounds=${1:-5}
cpu=${BENCH_CPU:-0}
scripts/setup.sh bench

echo "bench: building"
swift build -c release --static-swift-stdlib --product cairn-bench \
    ${BENCH_JOBS:+-j $BENCH_JOBS} | tail -n 1
cairn=$(swift build -c release --static-swift-stdlib --show-bin-path)/cairn-bench
peers=build/bench
mkdir -p $peers
protoc -I bench/grpc --cpp_out=$peers --grpc_out=$peers \
    --plugin=protoc-gen-grpc="$(command -v grpc_cpp_plugin)" bench.proto
# shellcheck disable=SC2046 # flags are words
for part in server client; do
    [ $peers/grpc-$part -nt bench/grpc/$part.cc ] ||
        g++ -O2 -std=c++17 -I$peers bench/grpc/$part.cc $peers/bench.pb.cc $peers/bench.grpc.pb.cc \
            -o $peers/grpc-$part $(pkg-config --cflags --libs grpc++ protobuf)
done
for part in pingpong loopback; do cc -O2 bench/raw/$part.c -o $peers/$part; done

results=$peers/rpc.txt
: >$results
servers=
trap 'kill $servers 2>/dev/null || true' EXIT

# serve NAME COMMAND...: starts a server, waits for its line, leaves its process in $server.
serve() {
    name=$1
    shift
    : >$peers/$name.log
    taskset -c "$cpu" "$@" >$peers/$name.log &
    server=$!
    servers="$servers $server"
    until grep -q "listening on" $peers/$name.log; do
        kill -0 $server 2>/dev/null || { echo "bench: $name did not start" >&2; exit 1; }
    done
    address=$(sed -n 's/^listening on //p' $peers/$name.log)
}

# record PREFIX COMMAND...: appends the command's measurements under a prefix.
record() {
    prefix=$1
    shift
    taskset -c "$cpu" "$@" | sed "s/^/$prefix./" >>$results
}

nanoseconds_of() { cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f", sum }'; }

# with_cpu PREFIX SERVER CALLS COMMAND...: as `record`, with the server's processor time per call
# (a tenth of the calls go before the measurement, to warm up).
with_cpu() {
    prefix=$1 process=$2 calls=$3
    shift 3
    before=$(nanoseconds_of "$process")
    record "$prefix" "$@"
    after=$(nanoseconds_of "$process")
    awk "BEGIN { print \"$prefix.server_cpu_us_per_call=\" ($after - $before) / 1100 / $calls }" \
        >>$results
}

serve cairn "$cairn" rpc-serve --listen 127.0.0.1:0
cairn_server=$server cairn_at=$address
serve grpc $peers/grpc-server 127.0.0.1:0
grpc_server=$server grpc_at=$address

round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    echo "bench: round $round of $rounds"
    for measure in "d1 1 1 60000 30000" "d64 64 1 600000 60000" "c64 1 64 120000 60000"; do
        # shellcheck disable=SC2086 # fields of a line
        set -- $measure
        with_cpu cairn.$1 "$cairn_server" $4 \
            "$cairn" rpc-call --to "$cairn_at" --depth $2 --connections $3 --calls $4
        with_cpu grpc.$1 "$grpc_server" $5 $peers/grpc-client call "$grpc_at" $2 $3 $5
        [ $1 = d64 ] || record raw.$1 $peers/pingpong $3 60000
    done
    record cairn.bulk "$cairn" rpc-bulk --to "$cairn_at" --count 3000 --bytes 1048576
    record raw.bulk $peers/loopback 3000 1048576
    record grpc.bulk $peers/grpc-client bulk "$grpc_at" 1500 1048576
    for count in 1000 10000; do
        serve idle "$cairn" rpc-serve --listen 127.0.0.1:0
        [ $count = 1000 ] && prefix=cairn.idle1000 || prefix=cairn.idle
        record $prefix "$cairn" rpc-idle --to "$address" --connections $count --server "$server"
        kill "$server"
    done
done

table=$("$cairn" rpc-report <$results)
echo "$table"
mkdir -p docs/benchmarks
{
    sed '/^<!-- measured -->$/,$d' docs/benchmarks/rpc.md
    echo "<!-- measured -->"
    echo
    echo "$(date -u +%F), $(nproc) processors ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1))," \
        "kernel $(uname -r), load $(cut -d' ' -f1-3 /proc/loadavg), gRPC C++ $(pkg-config --modversion grpc++)," \
        "$(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [0-9.]*\).*/\1/p' | head -n 1)," \
        "medians of $rounds rounds, processor $cpu."
    echo
    echo "$table"
} >docs/benchmarks/rpc.md.new
mv docs/benchmarks/rpc.md.new docs/benchmarks/rpc.md
