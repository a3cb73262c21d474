#!/bin/bash
# Drills end to end with real programs: the three services, three agents with a reload command.
#   scripts/bench-drill.sh BIN [DRILLS]      BIN: the folder of the built programs
# Prints how long each drill took, in ms, shortest first. Fails when one did not pass.
set -eu
bin=$(cd "$1" && pwd)
count=${2:-20}
export PATH=$bin:$PATH HOME=$(mktemp -d) CAIRN_PORT_BASE=${CAIRN_PORT_BASE:-17400} USER=bench
cd "$HOME"
trap 'cairn down >/dev/null 2>&1; kill $(jobs -p) 2>/dev/null; rm -rf "$HOME"' EXIT
cairn up --data data >/dev/null
mkdir model
for version in 1.0.0 1.1.0; do
    head -c 20000000 /dev/urandom > model/weights.bin
    cairn push model --model chat --version $version >/dev/null 2>&1
done
cat > target.yaml <<'END'
target: prod/chat
model: chat
plan:
  skip_verdict: true
  agents_min: 3
  steps: [{weight: 50%, bake: 100ms}]
  watch: {duration: 100ms}
END
cairn target apply target.yaml >/dev/null
for host in 1 2 3; do
    cairn-agent --target prod/chat --dir srv$host --name host-$host --reload true \
        --controller 127.0.0.1:$((CAIRN_PORT_BASE + 2)) --ingest 127.0.0.1:$CAIRN_PORT_BASE \
        > agent$host.log 2>&1 &
done
for version in 1.0.0 1.1.0; do cairn deploy prod/chat chat@v$version --watch >/dev/null; done
for _ in $(seq "$count"); do cairn drill rollback prod/chat >/dev/null; done
for part in out back took; do
    echo "drill.${part}_ms $(cairn drill list prod/chat --json \
        | sed -n "s/.*\"${part}_ms\": \([0-9.]*\).*/\1/p" | sort -n | cut -d. -f1 | tr '\n' ' ')"
done
