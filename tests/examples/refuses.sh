# SPDX-License-Identifier: BSL-1.0
# Sourced by the *_errors.sh of the examples, with the path of the program as $1.

set -u
if [ $# -ne 1 ] || [ ! -x "$1" ]; then
    echo "usage: $0 path/to/program" >&2
    exit 2
fi
program=$1
name=$(basename "$program")
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
LC_ALL=C
export LC_ALL
failures=0
cases=0

fail() {
    echo "FAILED: $1" >&2
    sed 's/^/    stderr: /' "$work/err" >&2
    failures=$((failures + 1))
}

# run <expected status> <arguments…>: leaves the output in $work/out and $work/err
run() {
    expected=$1
    shift
    cases=$((cases + 1))
    "$program" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ "$status" -eq "$expected" ] || fail "exit status $status, expected $expected: $name $*"
}

# refuses <text> <arguments…>: one line on stderr, which contains the text, and nothing on stdout
refuses() {
    text=$1
    shift
    run 2 "$@"
    [ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line on stderr: $name $*"
    grep -qF -e "$text" "$work/err" || fail "stderr does not say \"$text\": $name $*"
    [ ! -s "$work/out" ] || fail "something on stdout: $name $*"
}

# says <text> <arguments…>: status 0, and the text is on stdout
says() {
    text=$1
    shift
    run 0 "$@"
    grep -qF -e "$text" "$work/out" || fail "stdout does not say \"$text\": $name $*"
}

has_model() {
    [ -f "$top/build/minilm/complete" ] && return
    echo "the weights are not there: what needs them was not tried"
    return 1
}

finish() {
    if [ "$failures" -ne 0 ]; then
        echo "${name}_errors: $failures failures in $cases runs"
        exit 1
    fi
    echo "${name}_errors: all $cases runs as expected"
}
