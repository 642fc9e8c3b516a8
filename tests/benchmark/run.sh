#!/usr/bin/env bash
# Builds the benchmarks and runs each at its full size: ours and a peer in turn, on this machine. Prints
# one table. Options go to every program: --repetitions N, --folder F (where store files are written).
set -euo pipefail
options=("$@")
cd "$(dirname "$0")/../.."
source tests/setup.sh

install_packages "${packages_to_build[@]}" "${packages_to_test[@]}"
configure_main
programs=(calendar_benchmark expression_benchmark step_benchmark store_benchmark sharing_benchmark postgres_benchmark growth_benchmark simulation_benchmark join_benchmark load_benchmark)
build_tree build "${programs[@]}" bindings_speed workflow_python workflow_java workflow_node
for program in "${programs[@]}"; do
    "build/benchmark/$program" --folder build "${options[@]}"
    echo
done
python3 -B tests/benchmark/bindings/compare.py build . --folder build
