#!/bin/sh
# Runs the demo from the release build and says where its report is.
#   scripts/demo.sh [FOLDER]    default: build/demo, made anew
set -eu
cd "$(dirname "$0")/.."
folder=${1:-build/demo}
exec .build/release/cairn-demo run --out "$folder" --data data/digits.csv
