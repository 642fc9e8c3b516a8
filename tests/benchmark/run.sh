#!/usr/bin/env bash
# Builds the benchmarks and runs each at its full size: ours and a peer in turn, on this machine. Prints
# one table. Options go to every program: --repetitions N, --folder F (where store files are written).
set -euo pipefail
options=("$@")
cd "$(dirname "$0")/../.."
source tests/packages.sh

install_packages "${packages_to_build[@]}" "${packages_to_test[@]}"
configure_once build -DCMAKE_BUILD_TYPE=RelWithDebInfo
programs=(calendar_benchmark step_benchmark store_benchmark load_benchmark)
ninja -C build -j "$(nproc)" --quiet "${programs[@]}"
for program in "${programs[@]}"; do
    "build/benchmark/$program" --folder build "${options[@]}"
    echo
done
