#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Installs what is missing, builds every test and runs it. Can be run again; see --help.
set -u
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
. "$top/scripts/common.sh"

help() {
    cat <<EOF
usage: sh tests/run.sh [options]

  --compiler NAME   g++-12 (the default), clang++-14, clang++-19 or another
  --arch NAME       native (the default), sse2, avx2 or avx512
  --sanitize        with AddressSanitizer and UndefinedBehaviorSanitizer
  --quick           only the tests that tests/quick.txt names
  --help            this text

Missing packages are installed with apt-get. Everything is built below build/.
The last line is 'N passed, N failed'; the exit status is 0 if nothing failed.
EOF
}

while [ $# -gt 0 ]; do
    take_option "$1" "${2:-}"
    if [ "$took" = 0 ]; then
        case $1 in
            --sanitize) sanitize=ON ;;
            --quick) quick=ON ;;
            --help | -h) help; exit 0 ;;
            *) die "unknown option '$1'; see --help" ;;
        esac
        took=1
    fi
    shift "$took"
done
check_arch
set_build_folder
examples=ON
[ $quick = ON ] && examples=OFF

echo "== 1/4 What must be installed"
want_build
want_tests
[ $examples = ON ] && want_examples && want_model
install_missing

set_jobs
echo "== 2/4 Configuring $build"
if ! configure $examples; then
    echo "FAILED: CMake could not configure the build; its reasons stand above."
    echo "0 passed, 1 failed"
    exit 1
fi

echo "== 3/4 Building with $compiler ($jobs at once)"
build_target
built=$?
if [ $built != 0 ]; then    # what did not compile now may stand there from an earlier time, and must not be tested
    find "$build" -type f \( -path '*/tests/test.*' -o -path '*/examples/*' \) ! -path '*.dir/*' -perm -100 -exec rm -f {} +
    build_target >/dev/null 2>&1
fi

echo "== 4/4 Testing"
results=$build/results.xml
rm -f "$results"
ctest --test-dir "$build" --parallel "$jobs" --output-on-failure --no-tests=error --output-junit "$results" \
    --test-output-size-passed 1000000 --test-output-size-failed 1000000
tested=$?

counted=$(awk -f "$top/tests/support/count.awk" "$results" 2>/dev/null)
passed=${counted% *}
failed=${counted#* }
[ -n "$counted" ] || { passed=0; failed=1; }
[ "$failed" = 0 ] && [ "$((built + tested))" != 0 ] && failed=1
[ "$passed" = 0 ] && [ "$failed" = 0 ] && failed=1

echo
[ $built = 0 ] || echo "FAILED: not everything compiled; the compiler's reasons stand above."
[ "$failed" = 0 ] && echo "Every test of $build passed." || echo "FAILED: see the tests named above."
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
