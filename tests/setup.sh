# Sourced by examples/run.sh and tests/run.sh: installs, configures and builds what is missing.

# as_root COMMAND... : as root, by sudo where one is not.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else
        echo "Needs root for: $*. Run as root, or install sudo." >&2
        return 1
    fi
}

# install_packages PACKAGE... : asks dpkg first, so that a second run installs nothing.
install_packages() {
    local missing=()
    local package
    for package in "$@"; do
        if ! dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
            missing+=("$package")
        fi
    done
    [ "${#missing[@]}" -eq 0 ] && return 0
    echo "Installing with apt-get: ${missing[*]}"
    case " ${missing[*]} " in *" postgresql "*) forbid_default_cluster ;; esac
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# forbid_default_cluster : the package postgresql would make a database server and start it on
# the default port. The tests start their own. A machine that has settings for this keeps them.
forbid_default_cluster() {
    local settings=/etc/postgresql-common/createcluster.conf
    [ -e "$settings" ] && return 0
    as_root mkdir -p "${settings%/*}"
    echo "create_main_cluster = false" | as_root tee "$settings" >/dev/null
}

# configure_once FOLDER OPTION... : configures a build folder unless that was done with these options.
configure_once() {
    local folder=$1
    shift
    local wanted="$*"
    if [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/.options" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    echo "Configuring $folder"
    mkdir -p "$folder"
    cmake -G Ninja -S . -B "$folder" "$@" >"$folder/configure.log" 2>&1 ||
        { cat "$folder/configure.log"; return 1; }
    printf '%s\n' "$wanted" >"$folder/.options"
}

# build_tree FOLDER [TARGET...] : builds what is out of date, and says so; progress on a terminal.
build_tree() {
    local folder=$1
    shift
    if ninja -C "$folder" -n "$@" | grep -q 'no work to do'; then return 0; fi
    echo "Building $folder (the first time takes some minutes)"
    local quiet=(--quiet)
    [ -t 1 ] && quiet=()
    ninja -C "$folder" -j "$(nproc)" "${quiet[@]}" "$@"
}

# Of what a debugger asks, only the lines: all of it costs a third of the time.
lines_alone=(-DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O2 -g1 -DNDEBUG" -DCMAKE_CXX_FLAGS_DEBUG=-g1)
# The files of a module in a few compilations, which takes a fifth of the time. The main tree compiles
# each alone, so that what a file forgets to include is found.
together=(-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=10)

# configure_main : the tree that users build, with tests, examples and tool.
configure_main() {
    unpack_node_addon_api
    configure_once build -DCMAKE_BUILD_TYPE=RelWithDebInfo -DWORKFLOW_BUILD_TESTS=ON \
        -DWORKFLOW_BUILD_EXAMPLES=ON -DWORKFLOW_BUILD_BINDINGS=ON "${lines_alone[@]}"
}

# configure_sanitized : the core suites and the fuzz targets by clang, with sanitizers.
configure_sanitized() {
    configure_once build/sanitized -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS=-O1 \
        "${lines_alone[@]}" "${together[@]}" \
        -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 \
        -DWORKFLOW_SANITIZE=ON -DWORKFLOW_BUILD_EXAMPLES=OFF -DWORKFLOW_BUILD_BINDINGS=OFF
}

# configure_threads : what the suites of several threads need, by clang with ThreadSanitizer.
configure_threads() {
    configure_once build/threads -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS=-O1 -fsanitize=thread" \
        "${lines_alone[@]}" "${together[@]}" \
        -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 \
        -DWORKFLOW_BUILD_EXAMPLES=OFF -DWORKFLOW_BUILD_BINDINGS=OFF
}

packages_to_build=(
    cmake ninja-build g++ libboost-dev libboost-graph-dev libboost-date-time-dev libyaml-cpp-dev
    libsqlite3-dev libpq-dev libexpat1-dev zlib1g-dev libfmt-dev libssl-dev nlohmann-json3-dev libcli11-dev tao-pegtl-dev libre2-dev
    libspdlog-dev libjs-chart.js graphviz fonts-dejavu-core
)
packages_to_test=(
    catch2 clang-14 libclang-rt-14-dev llvm-14 libbenchmark-dev libquantlib0-dev libqt5scxml5-dev
    liblua5.4-dev qtbase5-dev binutils python3 python3-jsonschema python3-yaml
    postgresql python3-simpy3
    python3-dev pybind11-dev python3-pytest python3-apsw python3-psycopg python3-pandas python3-venv python3-pip python3-setuptools python3-wheel mypy libjna-java libgoogle-gson-java junit5
    valgrind pkg-config dpkg-dev file doxygen
)
# Any JDK from 17 on will do: one that is there stays.
command -v javac >/dev/null || packages_to_test+=(default-jdk-headless)
# Any Node.js from 18 on, with the headers of its interface.
packages_to_test+=(node-typescript)
if ! command -v node >/dev/null; then packages_to_test+=(nodejs libnode-dev node-addon-api)
elif [ ! -e /usr/include/node/node_api.h ]; then packages_to_test+=(libnode-dev)
fi

# unpack_node_addon_api : Debian's package wants Debian's own nodejs. Beside another one its headers are unpacked
# where the build looks for them.
unpack_node_addon_api() {
    local folder=build/node-addon-api
    if [ -e /usr/share/nodejs/node-addon-api/napi.h ] || [ -d "$folder/usr" ]; then return 0; fi
    mkdir -p "$folder"
    if ! (cd "$folder" && apt-get download -qq node-addon-api 2>/dev/null); then
        as_root apt-get update -qq
        (cd "$folder" && apt-get download -qq node-addon-api)
    fi
    dpkg -x "$folder"/node-addon-api_*.deb "$folder"
}
