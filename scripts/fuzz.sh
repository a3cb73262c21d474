#!/bin/sh
# libFuzzer on what reads bytes of others: frames, the messages in them, checkpoint files, predictions,
# and the codec with all its kernels, these under the address sanitizer too.
#   scripts/fuzz.sh [SECONDS] [TARGET...]   a fair part of them for each; default FUZZ_SECONDS, or 60
# A crash leaves its input in .build/fuzz/artifacts and ends with 1; mended, the input joins the
# corpus in Tests/Fuzz/corpus, which every run starts from.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-${FUZZ_SECONDS:-60}}
[ $# = 0 ] || shift
targets=${*:-framing messages formats predictions codec}
each=$((seconds / $(echo "$targets" | wc -w)))
build=.build/fuzz
corpus=Tests/Fuzz/corpus

# All messages, by the generated code.
types=Sources/cairn-fuzz/messages/MessageTypes.swift
{
    echo "import Messages"
    echo
    echo "/// Every message of the wire; written by \`scripts/fuzz.sh\`."
    echo "let messageTypes: [any WireMessage.Type] = ["
    cat Sources/Messages/Generated/*.swift | sed -n 's/^extension \([A-Za-z]*\): WireMessage.*/    \1.self,/p'
    echo "]"
} >$types.new
if cmp -s $types.new $types; then rm $types.new; else mv $types.new $types; fi

# Without these, a crash can hang in the handler that prints its backtrace.
export CAIRN_FUZZ=1 SWIFT_BACKTRACE=enable=no
for target in $targets; do
    folder=$build
    sanitize=--sanitize=fuzzer
    if [ "$target" = codec ]; then
        folder=$build-address
        sanitize="$sanitize --sanitize=address"
    fi
    # shellcheck disable=SC2086 # two options
    nice swift build --scratch-path $folder $sanitize --product cairn-fuzz-$target \
        -Xswiftc -O ${CAIRN_FUZZ_JOBS:+-j $CAIRN_FUZZ_JOBS} </dev/null
done

mkdir -p $build/artifacts
for target in $targets; do
    program=$build/debug/cairn-fuzz-$target
    [ "$target" = codec ] && program=$build-address/debug/cairn-fuzz-codec
    found=$build/found-$target
    mkdir -p "$found" $corpus/$target
    echo "fuzz: $target for $each s"
    # One allocation over 6 MiB, or 512 MiB in all, is as bad as a crash.
    "$program" "$found" $corpus/$target -max_total_time=$each -timeout=10 \
        -max_len=4096 -malloc_limit_mb=6 -rss_limit_mb=512 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix=$build/artifacts/$target- </dev/null 2>"$build/$target.log" || {
        tail -n 40 "$build/$target.log" >&2
        exit 1
    }
    sed -n 's/^stat::number_of_executed_units: */fuzz: inputs tried: /p' "$build/$target.log"
done
