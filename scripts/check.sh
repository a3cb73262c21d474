#!/bin/sh
# The house is in order: formatting, generated code, rules.
set -eu
cd "$(dirname "$0")/.."

files() { git ls-files --cached --others --exclude-standard "$@"; }

echo "check: formatting"
files '*.swift' | grep -v /Generated/ | xargs swift format lint --strict --parallel

echo "check: generated code matches proto/"
scripts/generate.sh --check

echo "check: rules of the house"
files | swift run -q cairn-dev check
