#!/bin/sh
# Writes the C and Swift messages from proto/.
#   scripts/generate.sh            into Sources/
#   scripts/generate.sh --check    beside them, and fails when they differ
set -eu
cd "$(dirname "$0")/.."

draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
mkdir -p "$draft/c/include" "$draft/swift"
protoc-c --proto_path=proto --c_out="$draft/c" proto/*.proto
mv "$draft"/c/*.pb-c.h "$draft/c/include/"
swift run -q cairn-dev generate "$draft/swift" >/dev/null

c=Sources/CCairnMessages
swift=Sources/Messages/Generated
if [ "${1:-}" != --check ]; then
    cp "$draft"/c/*.pb-c.c "$c/"
    cp "$draft"/c/include/*.pb-c.h "$c/include/"
    cp "$draft"/swift/*.swift "$swift/"
    echo "generated from proto/: $c, $swift"
    exit 0
fi
same=yes
for file in "$draft"/c/*.c; do cmp -s "$file" "$c/$(basename "$file")" || same=no; done
for file in "$draft"/c/include/*.h; do cmp -s "$file" "$c/include/$(basename "$file")" || same=no; done
diff -r -q "$draft/swift" "$swift" || same=no
if [ $same = no ]; then
    echo "generate: $c or $swift differ from proto/; run \`make generate\` and commit." >&2
    exit 1
fi
