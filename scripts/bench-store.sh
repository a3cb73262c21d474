#!/bin/sh
# The store against its peers, on real checkpoints: bytes, adding, restoring, in one run.
#   scripts/bench-store.sh            builds the corpus once; writes docs/benchmarks/store.md, .svg
#   scripts/bench-store.sh --small    a small corpus, the page under build/bench
# CAIRN_PROGRAMS is where the programs of `make release` are, CAIRN_CORPUS where the corpus lies.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh bench-store

environment=build/bench/store-venv
if [ ! -e $environment/installed ]; then
    python3 -m venv $environment
    $environment/bin/pip install -q torch safetensors numpy zipnn dvc lmzip glyd zstandard
    touch $environment/installed
fi
corpus=${CAIRN_CORPUS:-build/bench/corpus}
page=docs/benchmarks/store.md
if [ "${1:-}" = --small ]; then
    corpus=$corpus-small
    page=build/bench/store.md
fi
export PATH="$PWD/$environment/bin:$PATH"
python3 bench/store/corpus.py "$corpus" ${1:+"$1"}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 bench/store/measure.py "$corpus" "$scratch/run" "$page"
cat "$page"
