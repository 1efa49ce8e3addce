#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# selftest.sh COMPILER: every rule of check.sh accepts a small sound tree, and rejects the same tree with one fault.
set -u
compiler=${1:-c++}
check=$(cd "$(dirname "$0")" && pwd)/check.sh
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
failed=0
spdx='// SPDX-License-Identifier: BSL-1.0'

sound() {
    rm -rf "$top/tree"
    mkdir -p "$top/tree/include/sinter/core" "$top/tree/include/sinter/graph" "$top/tree/include/sinter/simd" \
        "$top/tree/include/sinter/nn" "$top/tree/tests/a"
    cd "$top/tree" || exit 1
    printf '%s\n' "$spdx" '#pragma once' 'inline int one() { return 1; }' >include/sinter/core/one.hpp
    printf '%s\n' "$spdx" '#pragma once' '#include <sinter/core/one.hpp>' 'inline int two() { return one() + 1; }' >include/sinter/graph/two.hpp
    printf '%s\n' "$spdx" '#pragma once' 'namespace xsimd {}' >include/sinter/simd/batch.hpp
    printf '%s\n' "$spdx" '#pragma once' '#include <sinter/graph/two.hpp>' >include/sinter/sinter.hpp
    printf '%s\n' "$spdx" '#pragma once' '#include <sinter/core/one.hpp>' '// an attention' >include/sinter/nn/layer.hpp
    printf '%s\n' "$spdx" '#pragma once' '#include <sinter/nn/layer.hpp>' >include/sinter/nn.hpp
    printf '%s\n' "$spdx" 'int gallery() { return 1; } int main() { return 0; }' >tests/a/gallery.cpp
    printf '%s\n' '# patterns' 'a\..*' >tests/quick.txt
    printf 'see ../include/sinter/sinter.hpp\n' >tests/notes.md
    "$compiler" tests/a/gallery.cpp -o test.a.gallery || exit 1
}
run() {
    case $1 in
        headers) sh "$check" headers "$top/tree" "$compiler" -std=c++20 -Iinclude ;;
        together) sh "$check" together "$top/tree" "$compiler" -std=c++20 -Iinclude -fno-exceptions ;;
        *) sh "$check" "$1" "$top/tree" ;;
    esac
}
accepts() { run "$1" || { echo "FAILED: $1 rejects a sound tree"; failed=1; }; }
rejects() {
    if run "$1" >"$top/out" 2>&1; then
        echo "FAILED: $1 accepts $2"
        failed=1
    elif grep -q "^FAILED $1" "$top/out"; then
        echo "seen to fail: $1 at $2"
    else
        cat "$top/out"
        echo "FAILED: $1 ended in another way at $2"
        failed=1
    fi
}

sound
for rule in xsimd includes names spdx length inside headers together quick symbols; do accepts $rule; done

sound; echo 'using namespace xsimd;' >>include/sinter/graph/two.hpp;              rejects xsimd 'the name outside simd/'
sound; echo '#include <sinter/graph/two.hpp>' >>include/sinter/core/one.hpp;      rejects includes 'core including graph'
sound; echo '#include <sinter/simd/batch.hpp>' >>include/sinter/graph/two.hpp;    rejects includes 'graph including simd'
sound; echo '#include <sinter/sinter.hpp>' >>include/sinter/graph/two.hpp;        rejects includes 'a stage including everything'
sound; mkdir include/sinter/odd; cp include/sinter/graph/two.hpp include/sinter/odd; rejects includes 'a folder without a place'
sound; echo '#include <sinter/nn/layer.hpp>' >>include/sinter/graph/two.hpp;      rejects includes 'a stage including nn'
sound; echo '#include <sinter/nn.hpp>' >>include/sinter/sinter.hpp;               rejects includes 'sinter.hpp including nn'
sound; echo '#include <sinter/simd/batch.hpp>' >>include/sinter/nn/layer.hpp;     rejects includes 'nn including simd'
sound; echo '// flash' >>include/sinter/graph/two.hpp;                            rejects names 'a formula named'
sound; echo 'int f();' >tests/a/bare.cpp;                                         rejects spdx 'a file without the line'
sound; sed -i '1s/^/\n/' include/sinter/core/one.hpp;                             rejects spdx 'a header whose second line it is'
sound; yes '//' | head -n 350 >>include/sinter/core/one.hpp;                      rejects length 'a file of 353 lines'
sound; echo 'see ../../elsewhere/page.md' >>tests/notes.md;                       rejects inside 'a path that leads out'
sound; sed -i '/include/d' include/sinter/graph/two.hpp;                          rejects headers 'a header that forgets an include'
sound; echo 'inline void fail() { throw 1; }' >>include/sinter/core/one.hpp;      accepts headers; rejects together 'a throw without exceptions'
made_for() { mkdir include/sinter/interop; printf '%s\n' "$spdx" '#pragma once' "#include <$1>" "$2" >include/sinter/interop/other.hpp; }
sound; made_for no_such_library.hpp 'no code';                                    accepts headers; accepts together
sound; made_for vector 'no code';                                                 rejects headers 'a fault in a header of which the library is there'
sound; made_for vector ''; mv include/sinter/interop/other.hpp include/sinter/core; echo '#include <no_such_library.hpp>' >>include/sinter/core/other.hpp
rejects headers 'a library that is missing, outside interop/'
sound; made_for sinter/core/one.hpp ''; echo '#include <sinter/interop/other.hpp>' >>include/sinter/graph/two.hpp
rejects includes 'a stage including interop'
sound; echo 'b\..*' >>tests/quick.txt;                                            rejects quick 'a pattern that names nothing'
sound; echo '@a\..*' >>tests/quick.txt;                                           accepts quick
sound; echo '@b\..*' >>tests/quick.txt;                                           rejects quick 'one that names nothing, for compilers only'
sound; rm test.a.gallery;                                                         rejects symbols 'nothing to look at'
sound
long=$(yes x | head -n 2001 | tr -d '\n')
printf 'int %s() { return 1; } int main() { return 0; }\n' "$long" >tests/a/gallery.cpp
"$compiler" tests/a/gallery.cpp -o test.a.gallery;                                rejects symbols 'a symbol of more than 2001 characters'

cd / || exit 1
[ $failed = 0 ] && echo "passed: every rule accepts the sound tree and rejects its fault"
exit $failed
