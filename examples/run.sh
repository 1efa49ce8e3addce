#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Installs what is missing, builds the examples, runs the main one. Can be run again; see --help.
set -u
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
. "$top/scripts/common.sh"

help() {
    cat <<EOF
usage: sh examples/run.sh [options] [-- arguments of the program]

Runs the main example, examples/attention: softmax(Q*K^T/sqrt(d))*V for every head of a layer of a real transformer,
compared with the stored result of the framework that the data is from. 'sh examples/run.sh -- --help' has its options.

  --example NAME    another one: $(list | tr '\n' ' ')
  --all             every one
  --compiler NAME   g++-12 (the default), clang++-14, clang++-19 or another
  --arch NAME       native (the default), sse2, avx2 or avx512
  --help            this text

Missing packages are installed with apt-get. Everything is built below build/.
EOF
}

list() {
    (cd "$top/examples" && ls -d ./*.cpp ./*/main.cpp 2>/dev/null) | sed 's|^\./||; s|/.*||; s|\.cpp$||' | sort -u
}

chosen=attention
while [ $# -gt 0 ]; do
    take_option "$1" "${2:-}"
    if [ "$took" = 0 ]; then
        case $1 in
            --example) [ -n "${2:-}" ] || die "--example needs a name; see --help"; chosen=$2; shift ;;
            --all) chosen=$(list) ;;
            --help | -h) help; exit 0 ;;
            --) shift; break ;;
            *) die "unknown option '$1'; see --help" ;;
        esac
        took=1
    fi
    shift "$took"
done
for name in $chosen; do
    list | grep -qxF -e "$name" || die "there is no example '$name'; see --help"
done
model=$(printf '%s\n' "$chosen" | grep -xE 'encoder|search')
check_arch
set_build_folder

echo "== 1/4 What must be installed"
want_build
want_examples
[ -n "$model" ] && want_model
install_missing
if [ -n "$model" ]; then sh "$top/examples/minilm/fetch.sh" || exit 2; fi

set_jobs
echo "== 2/4 Configuring $build"
configure ON || die "FAILED: CMake could not configure the build; its reasons stand above."

echo "== 3/4 Building with $compiler ($jobs at once)"
targets=''
for name in $chosen; do targets="$targets example.$name"; done
# shellcheck disable=SC2086
cmake --build "$build" --parallel "$jobs" --target $targets || { echo "FAILED: the examples do not compile"; exit 1; }

echo "== 4/4 Running"
cd "$build/examples/output" || exit 1
passed=0 failed=0
for name in $chosen; do
    echo "-- $name"
    if "$build/examples/$name" "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $name"; fi
done
echo
echo "What the programs wrote, if anything, is in $build/examples/output:"
ls
[ "$failed" = 0 ] && echo "Everything ran as it should." || echo "FAILED: see above."
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
