#!/usr/bin/env bash
# Fuzzes one target for so many seconds, one process: tests/fuzz/run.sh interpreter 1200
# What it finds stays in build/sanitized/fuzz/NAME: inputs that fail as crash-*, timeout-* and so on,
# inputs that reach something new in found/, from where the next run goes on.
set -euo pipefail
if [ $# -ne 2 ]; then
    echo "usage: $0 NAME SECONDS" >&2
    exit 2
fi
name=$1
seconds=$2
cd "$(dirname "$0")/../.."
source tests/setup.sh

install_packages "${packages_to_build[@]}" "${packages_to_test[@]}"
configure_sanitized
build_tree build/sanitized "fuzz_$name"
folder=build/sanitized/fuzz/$name
corpus=tests/fuzz/corpus/$name
mkdir -p "$folder/found"
mapfile -t arguments <"$folder.arguments"
status=0
"build/sanitized/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=300 -max_len=4096 \
    -artifact_prefix="$folder/" -print_final_stats=1 \
    "$folder/found" "$corpus" "${arguments[@]}" || status=$?
echo "To keep what reached something new, small: build/sanitized/fuzz/fuzz_$name -set_cover_merge=1" \
    "-use_counters=0 -max_len=300 $corpus $folder/found"
exit "$status"
