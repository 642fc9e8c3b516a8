#!/usr/bin/env bash
# Installs what is missing, builds everything twice (as users build it, and with sanitizers), the
# suites of several threads a third time, and runs every test. A second run installs and configures nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/setup.sh

install_packages "${packages_to_build[@]}" "${packages_to_test[@]}"
jobs=$(nproc)

# The core suites again, by the other compiler and under AddressSanitizer and
# UndefinedBehaviorSanitizer. Its report is what the test `sanitized` of the main tree reads.
rm -f build/sanitized-report.txt
configure_sanitized
build_tree build/sanitized
echo "Running the core suites under the sanitizers"
ctest --test-dir build/sanitized -j "$jobs" --output-on-failure >build/sanitized-report.txt 2>&1 || true
tail -n 4 build/sanitized-report.txt

# The suites of several threads once more, under ThreadSanitizer: what `thread_sanitized` reads.
rm -f build/threads-report.txt
configure_threads
build_tree build/threads suites_of_threads
echo "Running the suites of several threads under ThreadSanitizer"
# Where memory is laid out more at random than ThreadSanitizer of clang 14 expects, it would not start.
in_order=()
if setarch "$(uname -m)" -R true 2>/dev/null; then in_order=(setarch "$(uname -m)" -R); fi
"${in_order[@]}" ctest --test-dir build/threads -L threads --output-on-failure \
    >build/threads-report.txt 2>&1 || true
tail -n 4 build/threads-report.txt

configure_main
build_tree build
ctest --test-dir build -j "$jobs" --output-on-failure
