#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# What examples/encoder says to bad input, and what its options do.
#
#     sh tests/examples/encoder_errors.sh path/to/encoder
. "$(dirname "$0")/refuses.sh"
data=$top/examples/minilm/data

says --attention --help
[ ! -s "$work/err" ] || fail "--help writes to stderr"
printf 'one \377 two\n' >"$work/latin.txt"
printf '\n  \n' >"$work/blank.txt"
: >"$work/empty.txt"
refuses "nowhere.txt: cannot be read" --sentences "$work/nowhere.txt"
refuses "cannot be read" --sentences "$work"
refuses "empty.txt: holds no lines" --sentences "$work/empty.txt"
refuses "blank.txt: all of its lines are empty" --sentences "$work/blank.txt"
refuses "latin.txt, line 1: is not text in UTF-8" --sentences "$work/latin.txt"
refuses "has no vocab.txt; 'sh examples/minilm/fetch.sh'" --model "$work"
refuses "--attention 3: expected LAYER,HEAD" --attention 3
refuses "expected LAYER,HEAD" --attention 3,one
refuses "expected LAYER,HEAD" --attention 3,-1
refuses "--longest" --longest 1
refuses "--longest" --longest 513
refuses "--repeat" --repeat 0
refuses "--sentences" --sentences "$data/sentences.txt" --text two
refuses "--no-such-option" --no-such-option
refuses "extra" extra

if has_model; then
    model=$top/build/minilm
    mkdir "$work/model"
    ln -s "$model/vocab.txt" "$work/model/vocab.txt"
    refuses "has no model.safetensors" --model "$work/model"
    head -c 5000000 "$model/model.safetensors" >"$work/model/model.safetensors"
    refuses "model.safetensors" --model "$work/model"
    echo "no weights" >"$work/model/model.safetensors"
    refuses "model.safetensors" --model "$work/model"
    rm "$work/model/vocab.txt" "$work/model/model.safetensors"
    ln -s "$model/model.safetensors" "$work/model/model.safetensors"
    head -n 2000 "$model/vocab.txt" >"$work/model/vocab.txt"
    refuses "has 2000 pieces, expected 30522" --model "$work/model"
    echo "only" >"$work/model/vocab.txt"
    refuses "has no [UNK]" --model "$work/model"

    refuses "there are 6 layers and 12 heads" --attention 6,0
    refuses "there are 6 layers and 12 heads" --attention 0,12
    refuses "is not text in UTF-8" --text "$(printf 'one \377')"
    refuses "no_reference.npy" --text one --reference "$work/no_reference.npy"
    refuses "holds 12 embeddings, expected 1" --text one --reference "$data/embeddings.npy"
    refuses "out.npy" --text one --out "$work/no/such/folder/out.npy"
    if command -v gnuplot >/dev/null 2>&1; then
        refuses "cannot be written" --picture "$work/no/such/folder/picture.png"
    fi
    says "[CLS] una ##ffa ##ble [SEP]" --text Unaffable --pieces
    says ": right" --sentences "$data/sentences.txt" --reference "$data/embeddings.npy" --repeat 1 \
        --out "$work/mine.npy" --picture "$work/picture.png" --attention 0,11
    says "largest error  0.0e+00" --reference "$work/mine.npy" --repeat 1 --picture "$work/picture.png"

    # An embedding that differs from the reference is no bad input but a failure.
    { tail -n +2 "$data/sentences.txt"; head -n 1 "$data/sentences.txt"; } >"$work/turned.txt"
    run 1 --sentences "$work/turned.txt" --reference "$data/embeddings.npy" --repeat 1 --picture "$work/picture.png"
    grep -q WRONG "$work/out" || fail "a wrong embedding is not called WRONG"
fi
finish
