#!/bin/sh
# The codec alone, on one thread, for each level of instructions: writes docs/benchmarks/codec.md.
#   scripts/bench-codec.sh [ROUNDS]    default 5; takes the corpus of scripts/bench-store.sh
# The programs are those of `make release`.
set -eu
cd "$(dirname "$0")/.."

rounds=${1:-5}
corpus=${CAIRN_CORPUS:-build/bench/corpus}
if [ ! -e "$corpus/done" ]; then
    echo "bench-codec: no corpus in $corpus; scripts/bench-store.sh builds it" >&2
    exit 1
fi
# rows SERIES DTYPE VERSION PARENT
rows() {
    ${CAIRN_PROGRAMS:-.build/release}/cairn-bench codec --dtype "$2" --rounds "$rounds" \
        --file "$(ls "$corpus/$1/$3"/*.safetensors | head -n 1)" \
        --parent "$(ls "$corpus/$1/$4"/*.safetensors | head -n 1)" |
        sed 's/[a-z_]*=//g' |
        while read -r level kind stored raw encode decode; do
            share=$(awk "BEGIN { printf \"%.1f\", 100 * $stored / $raw }")
            echo "| $1, $2 | $level | $kind | $share | $encode | $decode |"
        done
}
{
    echo "# The codec alone"
    echo
    echo "Measured by \`scripts/bench-codec.sh $rounds\`: one thread, chunks as the store cuts them, the best"
    echo "of $rounds rounds; alone, and as differences to the version before. MB/s of the tensors' bytes."
    echo
    echo "| what | level | coded | % of raw | encode | decode |"
    echo "| --- | --- | --- | --- | --- | --- |"
    rows finetune-full-bf16 BF16 v2 v1
    rows pretrain-bf16 BF16 v5 v4
    rows pretrain-fp32 F32 v5 v4
} >docs/benchmarks/codec.md
cat docs/benchmarks/codec.md
