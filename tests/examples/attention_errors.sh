#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# What examples/attention says to bad input: one line on stderr, nothing on stdout, exit status 2.
#
#     sh tests/examples/attention_errors.sh path/to/attention

. "$(dirname "$0")/refuses.sh"
data=$top/examples/attention/data

# with_header <sed script>: q.npy, its 128 bytes of header edited to the same length
with_header() {
    head -c 128 "$data/q.npy" | sed "$1" | head -c 128
    tail -c +129 "$data/q.npy"
}

# files <text> <q> <k> <more…>: the same for a call with these and the packaged V
files() {
    files_text=$1 files_q=$2 files_k=$3
    shift 3
    refuses "$files_text" --q "$files_q" --k "$files_k" --v "$data/v.npy" --out "$work/picture.png" "$@"
}

q=$data/q.npy k=$data/k.npy v=$data/v.npy
with_header "s/<f4/<f8/; s/27, 32)/27, 16)/" >"$work/double.npy"
with_header "s/False, /True,  /" | sed "1s/(12, 27, 32)/(32, 27, 12)/" >"$work/fortran.npy"
with_header "s/(12, 27, 32)/(12, 32, 27)/" >"$work/turned.npy"
with_header "s/(12, 27, 32)/(10368,)    /" >"$work/flat.npy"
with_header "s/(12, 27, 32)/(12, 27 32) /" >"$work/no_comma.npy"
with_header "s/(12, 27, 32)/(12, -7, 32)/" >"$work/negative.npy"
with_header "s/'shape'/'shade'/" >"$work/no_shape.npy"
with_header "s/(12, 27, 32)/(12, 0, 32) /" | head -c 128 >"$work/no_tokens.npy"
head -c 41000 "$q" >"$work/truncated.npy"
head -c 60 "$q" >"$work/truncated_header.npy"
{ cat "$q"; echo; } >"$work/longer.npy"
echo "not an array" >"$work/text.npy"
: >"$work/empty.npy"
echo "alone" >"$work/one_token.txt"

run 0 --help
[ ! -s "$work/err" ] || fail "--help writes to stderr"
grep -q -e --synthetic "$work/out" || fail "--help does not list --synthetic"

files "nowhere.npy: cannot be read" "$work/nowhere.npy" "$k"
files "nowhere.npy: cannot be read" "$q" "$work/nowhere.npy"
files "cannot be read" "$work" "$k"
files "text.npy: is not a .npy file" "$work/text.npy" "$k"
files "empty.npy: is not a .npy file" "$work/empty.npy" "$k"
files "truncated_header.npy: is truncated" "$work/truncated_header.npy" "$k"
files "truncated.npy: has 40872 bytes" "$work/truncated.npy" "$k"
files "longer.npy: has 41473 bytes" "$q" "$work/longer.npy"
files "type float64 ('<f8'), expected float32" "$work/double.npy" "$k"
files "has shape (32,27,12), expected (12,27,32)" "$q" "$work/fortran.npy"
files "expected a comma in 'shape'" "$work/no_comma.npy" "$k"
files "expected an extent in 'shape'" "$work/negative.npy" "$k"
files "unexpected or repeated key 'shade'" "$work/no_shape.npy" "$k"
files "has shape (12,32,27), expected (12,27,32)" "$q" "$work/turned.npy"
files "has 1 axes, expected (heads, tokens, d)" "$work/flat.npy" "$k"
files "none of them to be 0" "$work/no_tokens.npy" "$k"
files "reference" "$q" "$k" --reference "$work/no_reference.npy"
files "has shape (12,32,27)" "$q" "$k" --reference "$work/turned.npy"
files "has 1 lines, expected a token a line, 27" "$q" "$k" --tokens "$work/one_token.txt"
files "no_tokens.txt: cannot be read" "$q" "$k" --tokens "$work/no_tokens.txt"
files "--head 12: there are 12 heads" "$q" "$k" --head 12
files "--row 27" "$q" "$k" --row 27
refuses "--row zither" --row zither
refuses "--q" --q "$q"
refuses "--repeat" --repeat never
refuses "--repeat" --repeat 0
refuses "--synthetic" --synthetic -3
refuses "--no-such-option" --no-such-option
refuses "extra" extra
if command -v gnuplot >/dev/null 2>&1; then
    refuses "cannot be written" --out "$work/no/such/folder/picture.png"
else
    echo "gnuplot is not installed: an unwritable picture was not tried"
fi

# A result that differs from the reference is no bad input but a failure.
run 1 --q "$q" --k "$k" --v "$v" --reference "$q" --repeat 1 --out "$work/picture.png"
grep -q WRONG "$work/out" || fail "a wrong result is not called WRONG"

finish
