#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# run.sh WAY PROJECT BUILD CMAKE COMPILER: builds and runs the consumer, WAY being find_package or add_subdirectory.
set -eu
way=$1 project=$2 build=$3 cmake=$4 compiler=$5
out=$build/consumer/$way
rm -rf "$out"
mkdir -p "$out"

case $way in
    find_package)
        "$cmake" --install "$build" --prefix "$out/installed"
        set -- "-DCMAKE_PREFIX_PATH=$out/installed" ;;
    add_subdirectory) set -- "-DSINTER_FOLDER=$project" ;;
    *) echo "run.sh: no way '$way'"; exit 2 ;;
esac
"$cmake" -S "$project/tests/consumer" -B "$out/build" "-DCMAKE_CXX_COMPILER=$compiler" "$@"
"$cmake" --build "$out/build"
"$out/build/consumer"
cd "$out"
if [ -e build/consumer_archive ]; then build/consumer_archive; else echo 'libzip was not found: sinter::npz was not tried'; fi
