#!/usr/bin/env bash
# The main job: installs what is missing, builds the library and the example host, and walks
# dossiers through the onboarding procedure. A second run installs and builds nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/setup.sh

install_packages "${packages_to_build[@]}"
if [ ! -f build/build.ninja ]; then
    configure_once build -DCMAKE_BUILD_TYPE=RelWithDebInfo -DWORKFLOW_BUILD_TESTS=OFF
fi
build_tree build workflow_cli example_onboarding
exec build/bin/example_onboarding "${@:-build/onboarding}"
