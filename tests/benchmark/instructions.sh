#!/usr/bin/env bash
# instructions.sh REVISION: counts, with valgrind, the instructions of step() over the same dossiers of
# service_onboarding in this tree and in an older revision, and prints both and their ratio. Unlike
# times, they are the same on a busy machine.
set -euo pipefail
revision=${1:?which revision to compare with, for instance HEAD~20}
cd "$(dirname "$0")/../.."
source tests/setup.sh
install_packages "${packages_to_build[@]}" "${packages_to_test[@]}" valgrind

# count PROGRAM : what step() and all that it calls took.
count() {
    valgrind --tool=callgrind --toggle-collect='workflow::step(*' --callgrind-out-file=/dev/null \
        "$1" --tiny --repetitions 1 2>&1 >/dev/null | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

configure_main
build_tree build step_benchmark
older=build/at-$(git rev-parse --short "$revision")
if [ ! -d "$older" ]; then
    mkdir -p "$older"
    git archive "$revision" | tar -x -C "$older"
fi
(cd "$older" && source tests/setup.sh && configure_main && build_tree build step_benchmark)

now=$(count build/benchmark/step_benchmark)
before=$(count "$older/build/benchmark/step_benchmark")
awk -v now="$now" -v before="$before" -v revision="$revision" \
    'BEGIN { printf "step(): %d instructions, %d at %s, ratio %.3f\n", now, before, revision, now / before }'
