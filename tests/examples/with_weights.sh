#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Runs a program that needs the weights of all-MiniLM-L6-v2, and skips (status 77) where they are not there.
#
#     sh tests/examples/with_weights.sh                       only fetches them
#     sh tests/examples/with_weights.sh PROGRAM ARGUMENT...

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
if [ $# -eq 0 ]; then
    sh "$top/examples/minilm/fetch.sh" && exit 0
    echo "skipped: the weights could not be fetched, for the reason above"
    exit 77
fi
if [ ! -f "$top/build/minilm/complete" ]; then
    echo "skipped: the weights are not there; 'sh examples/minilm/fetch.sh' fetches them"
    exit 77
fi
exec "$@" </dev/null
