#!/bin/sh
# Installs the release build under a prefix: programs, manual pages, completions.
#   scripts/install.sh PREFIX [DESTDIR]
set -eu
cd "$(dirname "$0")/.."

prefix=${1:?which prefix?}
root=${2:-}$prefix
build=$(swift build -c release --show-bin-path)
programs="cairn cairn-ingest cairn-evaluator cairn-deployment-controller cairn-agent"

install -d "$root/bin" "$root/share/man/man1" "$root/share/bash-completion/completions" \
    "$root/share/zsh/site-functions" "$root/share/fish/vendor_completions.d"
for program in $programs; do
    install -m 755 -s "$build/$program" "$root/bin/$program"
done
"$build/cairn" help --man >"$root/share/man/man1/cairn.1"
for program in cairn-ingest cairn-evaluator cairn-deployment-controller cairn-agent; do
    "$build/$program" --man >"$root/share/man/man1/$program.1"
done
"$build/cairn" completions bash >"$root/share/bash-completion/completions/cairn"
"$build/cairn" completions zsh >"$root/share/zsh/site-functions/_cairn"
"$build/cairn" completions fish >"$root/share/fish/vendor_completions.d/cairn.fish"
echo "installed under $root"
