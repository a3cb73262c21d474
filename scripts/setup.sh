#!/bin/sh
# Installs by name the Debian packages that are missing, and checks for Swift.
#   scripts/setup.sh           what build and tests need
#   scripts/setup.sh test      and the shells whose completions are tested, and the routers and
#                              monitoring that Cairn works with
#   scripts/setup.sh bench-store   and the store's peers
#   scripts/setup.sh bench-metrics   and Python's for the metrics' peers
#   scripts/setup.sh bench     and what the benchmark's peer (gRPC in C++) needs
set -eu

packages="pkg-config protobuf-compiler protobuf-c-compiler libprotobuf-c-dev libsqlite3-dev
libyaml-dev libmicrohttpd-dev libzstd-dev zlib1g-dev libhdf5-dev libssl-dev libcurl4-openssl-dev
libc6-dev binutils git ca-certificates python3-venv"
if [ "${1:-}" = test ]; then
    packages="$packages zsh fish curl haproxy nginx wrk prometheus prometheus-alertmanager"
fi
if [ "${1:-}" = bench ]; then
    packages="$packages g++ cmake libgrpc++-dev protobuf-compiler-grpc libprotobuf-dev"
fi
if [ "${1:-}" = bench-store ]; then
    packages="$packages bible-kjv bible-kjv-text restic borgbackup zstd"
fi
if [ "${1:-}" = bench-metrics ]; then
    packages="$packages python3 libgomp1 bible-kjv bible-kjv-text"
fi

missing=
for package in $packages; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
    echo "setup: installing$missing"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        echo "setup: these packages are missing and there is no sudo; as root, run:" >&2
        echo "  apt-get install$missing" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -q
    # shellcheck disable=SC2086 # a list of names
    $as_root apt-get install -q -y --no-install-recommends $missing
fi

if ! command -v swift >/dev/null; then
    echo "setup: no swift in PATH. Cairn needs Swift 6.2 or newer: https://www.swift.org/install" >&2
    exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
major=${version%%.*}
minor=${version#*.}
if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
    echo "setup: Swift ${version:-of an unknown version} is too old; Cairn needs 6.2 or newer." >&2
    exit 1
fi
