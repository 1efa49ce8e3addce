#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# What examples/search finds, and what it says to bad input.
#
#     sh tests/examples/search_errors.sh path/to/search
. "$(dirname "$0")/refuses.sh"

says --query --help
[ ! -s "$work/err" ] || fail "--help writes to stderr"
: >"$work/empty.txt"
refuses "nowhere.txt: cannot be read" --file "$work/nowhere.txt"
refuses "empty.txt: holds no lines" --file "$work/empty.txt"
refuses "has no vocab.txt; 'sh examples/minilm/fetch.sh'" --model "$work"
refuses "--top" --top 0
refuses "--top" --top 21
refuses "--no-such-option" --no-such-option
refuses "extra" extra

# first <sentence> <query>: what is found first
first() {
    run 0 --query "$2" --top 1
    [ "$(wc -l <"$work/out")" -eq 2 ] || fail "not one result: $2"
    sed 1d "$work/out" | grep -qF -e "$1" || fail "does not find first \"$1\": $2"
}

if has_model; then
    first "I would like my money back, since the shoes do not fit." "how do I get a refund?"
    first "Our team lost the final after a penalty shoot-out." "a football match decided on penalties"
    first "The telescope took a picture of a galaxy that is thirteen billion light years away." "distant galaxies"
    run 0 --top 20 --query "music"
    [ "$(wc -l <"$work/out")" -eq 21 ] || fail "not twenty results"
    printf 'bread\r\n\nwine\n' >"$work/few.txt"            # fewer than are sorted out
    run 0 --file "$work/few.txt" --query "a loaf" --query "a red from Bordeaux"
    [ "$(wc -l <"$work/out")" -eq 6 ] || fail "not two results for each of two queries"
    printf 'a loaf\na red from Bordeaux\n' >"$work/queries.txt"
    "$program" --file "$work/few.txt" --top 1 <"$work/queries.txt" 2>"$work/err" | grep '^  ' | sed 's/.*  //' >"$work/out"
    [ "$(tr '\n' ' ' <"$work/out")" = "bread wine " ] || fail "queries that are piped in are not answered"
    run 2 --query "$(printf 'one \377')"
    grep -qF "the query is not text in UTF-8" "$work/err" || fail "a query that is no text is not refused"
fi
finish
