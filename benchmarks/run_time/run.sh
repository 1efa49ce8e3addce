#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is missing, builds the benchmarks and runs them. Arguments go to the programme (--help lists them);
# the first may name the instruction set: native (default), avx2 or sse2.
#   sh benchmarks/run_time/run.sh avx2 --filter 'attention/d=64' --json out.json
# The word 'with-torch' after that installs PyTorch 2.13 from PyPI below the build folder and adds it as a peer:
#   sh benchmarks/run_time/run.sh native with-torch --filter attention
# BUILD_DIR and CXX choose the build folder and the compiler.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD_DIR:-$root/build/benchmarks}

isa=native
case ${1:-} in
    native | avx2 | sse2) isa=$1; shift ;;
esac

with_torch=no
if [ "${1:-}" = with-torch ]; then
    with_torch=yes
    shift
fi

missing=
need() {  # package, and what it is for
    dpkg -s "$1" >/dev/null 2>&1 && return
    echo "needs $1: $2" >&2
    missing="$missing $1"
}
if command -v dpkg >/dev/null 2>&1; then
    need g++ "the compiler"
    need cmake "the build"
    need make "the build"
    need libxsimd-dev "SIMD, used by the library"
    need libboost-dev "Boost.Hana, used by the library"
    need libeigen3-dev "the peer in every comparison"
    need libcli11-dev "the options of the programme"
    need nlohmann-json3-dev "the results as a file"
    [ $with_torch = no ] || need python3-venv "a folder for PyTorch"
fi
if [ -n "$missing" ]; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "installing:$missing" >&2
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 # a list of words
    $sudo apt-get install -y -qq --no-install-recommends $missing >&2
fi

case $isa in
    native) target=sinter_run_time ;;
    *) target=sinter_run_time_$isa ;;
esac
cmake -S "$root/benchmarks" -B "$build" >/dev/null
cmake --build "$build" --target "$target" >&2
if [ $with_torch = yes ]; then
    python=$build/venv/bin/python
    if ! "$python" -c 'import torch' 2>/dev/null; then
        echo "installing torch 2.13.0 and numpy from PyPI into $build/venv: the peer" >&2
        python3 -m venv "$build/venv"
        "$python" -m pip install --quiet torch==2.13.0 numpy >&2
    fi
    set -- --torch "$python" "$@"
fi
exec "$build/run_time/$target" "$@"
