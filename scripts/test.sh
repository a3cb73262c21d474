#!/bin/sh
# All tests, one at a time; what failed, and what took longest, once more at the end.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build
log=build/test.log
ended=build/test.ended
echo 1 > $ended

# One at a time: side by side, long computations hold the few threads that tests over real
# sockets, with their real deadlines, need too.
{ swift test -j "${JOBS:-$(nproc)}" --no-parallel "$@" 2>&1 && echo 0 > $ended || true; } | tee $log

echo "test: the ten suites that took longest, in seconds"
sed -n 's/^.* Suite \([A-Za-z"].*\) \(passed\|failed\) after \([0-9.]*\) seconds.*/\3 \1/p' $log \
    | sort -rn | head -10
if [ "$(cat $ended)" = 0 ]; then exit 0; fi
echo "test: what failed"
# The lines after an issue hold the values that were found.
grep -A 4 -E '^✘ .*(recorded an issue|Test run)|error: |Fatal error|Exited with' $log | tail -n 150
exit 1
