#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# check.sh COMPILER FILE [FLAG...]: FILE must compile, and with -DSINTER_FAIL it must not: the diagnostics then match
# every `// expect: REGEX` (extended, as grep -E) of the file, and have at most 30 lines, or those of `// lines: N`, and no more errors
# than `// errors: N` says.
set -u
compiler=$1 file=$2
shift 2
fail() { printf 'FAILED %s: %s\n' "$file" "$1"; exit 1; }

out=$(mktemp) || exit 1
trap 'rm -f "$out" "$out.expect"' EXIT
sed -n 's|^// expect: ||p' "$file" >"$out.expect"
[ -s "$out.expect" ] || fail "has no line '// expect: REGEX'"
limit=$(sed -n 's|^// lines: \([0-9][0-9]*\)$|\1|p' "$file")

if ! "$compiler" "$@" -fsyntax-only "$file" >"$out" 2>&1; then
    cat "$out"
    fail "must compile without SINTER_FAIL"
fi
if LC_ALL=C "$compiler" "$@" -DSINTER_FAIL -fsyntax-only "$file" >"$out" 2>&1; then
    fail "compiles with SINTER_FAIL, and must not"
fi
cat "$out"
while IFS= read -r regex; do
    grep -Eq -- "$regex" "$out" || fail "the diagnostics do not match: $regex"
done <"$out.expect"
lines=$(grep -vc '/read_once/sinter/sinter.hpp:' "$out")      # which only stands there because it is precompiled
[ "$lines" -le "${limit:-30}" ] || fail "$lines lines of diagnostics, at most ${limit:-30} are allowed"
allowed=$(sed -n 's|^// errors: \([0-9][0-9]*\)$|\1|p' "$file")
errors=$(grep -c ' error: ' "$out")
[ "$errors" -le "${allowed:-$errors}" ] || fail "$errors errors, at most $allowed are allowed"
printf 'passed: fails as it should, in %s lines\n' "$lines"
