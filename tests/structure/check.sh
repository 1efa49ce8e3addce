#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# check.sh RULE FOLDER [COMPILER FLAG...]: one rule about the shape of the source tree; prints what breaks it.
# Rules: xsimd includes names spdx length inside headers together quick (FOLDER: the project), symbols (FOLDER: the built tests).
set -u
LC_ALL=C
export LC_ALL
rule=$1
cd "$2" || exit 1
shift 2
here=$(pwd)
license=BSL-1.0
longest_file=350
longest_symbol=2000

headers() { find include -name '*.hpp' | sort; }

# Files that people wrote: no data, nothing that was built, nothing taken over from elsewhere.
written() {
    find . \( -path ./.git -o -path ./build -o -name data -o -name __pycache__ \) -prune \
        -o -type f \( "$@" \) -print | sort
}
sources() { written -name '*.hpp' -o -name '*.cpp' -o -name '*.sh' -o -name '*.py' -o -name '*.cmake' -o -name CMakeLists.txt; }

# Only simd/ names xsimd.
rule_xsimd() { headers | grep -v '^include/sinter/simd/' | xargs grep -nw xsimd /dev/null; }

# The stages include one way: what each folder may include besides itself.
rule_includes() {
    headers | xargs awk '
        BEGIN {
            may["core"] = ""
            may["tensor"] = "core"
            may["simd"] = "core"
            may["capture"] = "core tensor"
            may["graph"] = "core tensor capture"
            may["passes"] = may["graph"] " graph"
            may["schedule"] = may["passes"] " passes"
            may["lower"] = may["schedule"] " schedule simd"
            may["inspect"] = may["lower"] " lower"
            may["nn"] = "core tensor capture"
            may["interop"] = "core tensor capture"
        }
        /^#include <sinter\// {
            split(FILENAME, from, "/"); folder = from[3]
            path = $2; gsub(/[<>]/, "", path); n = split(path, to, "/")
            if (folder == "nn" && path == "sinter/evaluate.hpp") next   # what users write, so it may evaluate
            if (folder != "nn" && folder != "nn.hpp" && to[2] ~ /^nn(\.hpp)?$/) print FILENAME ":" FNR ": nothing may include nn/"
            if (folder ~ /\.hpp$/ || !(folder in may) || n < 3 && to[2] != folder) {
                if (folder ~ /\.hpp$/) next                     # sinter.hpp, notation.hpp and their like include anything
                print FILENAME ":" FNR ": " (folder in may ? path " stands above the stages" : "the folder is in no order")
            } else if (to[2] != folder && index(" " may[folder] " ", " " to[2] " ") == 0)
                print FILENAME ":" FNR ": " folder "/ may not include " path
        }'
}

# The machinery knows no formula by name; nn/ is no machinery, but what users write.
rule_names() { headers | grep -vE '^include/sinter/nn(/|\.hpp$)' | xargs grep -niE 'attention|flash' /dev/null; }

rule_spdx() {
    sources | while IFS= read -r file; do
        head -n 5 "$file" | grep -qE "^(//|#) SPDX-License-Identifier: $license\$" || echo "$file: no SPDX line at the top"
    done
    headers | xargs awk 'FNR == 1 && !/^\/\/ SPDX-License-Identifier: / { print FILENAME ":1: the SPDX line comes first" }'
}

rule_length() { sources | xargs wc -l | awk -v most="$longest_file" '$2 != "total" && $1 > most { print $2 ": " $1 " lines, more than " most }'; }

# No path leads out of the project. (Depth: how many folders the file is below the top.)
rule_inside() {
    written -name '*' | xargs grep -nIoE '(^|[^.[:alnum:]_])[.][.](/[.][.])*/[[:alpha:]][[:alnum:]_.]*' /dev/null | awk -F: '
        { depth = gsub(/\//, "/", $1) - 1
          text = $0; sub(/^[^:]*:[^:]*:/, "", text)
          ups = gsub(/[.][.]\//, "", text)
          if (ups > depth) print $1 ":" $2 ": leads out of the project: " $0 }'
}

# Whether a header of interop/ cannot be looked at, since what it includes of others does not compile.
lacks_others() {
    file=$1
    shift
    case $file in include/sinter/interop/*) ;; *) return 1 ;; esac
    grep '^#include <' "$file" | grep -v '<sinter/' | "$@" -fsyntax-only -x c++ - >/dev/null 2>&1 && return 1
    echo "skipped: $file, since what it includes of others does not compile" >&2
}

# Every header compiles alone; one of interop/ where the headers of others that it is made for do.
rule_headers() {
    headers | xargs -P 2 -I FILE sh -c '
        said=$("$@" -fsyntax-only -Wall -Wextra -Werror -include ./FILE -x c++ /dev/null 2>&1) ||
            printf "%s\n" "FILE does not compile alone:" "$(printf "%s\n" "$said" | head -n 8)"' sh "$@" |
        { found=''
          while IFS= read -r line; do
              case $line in *' does not compile alone:')
                  found=$line
                  lacks_others "${line%% *}" "$@" && found='' ;;
              esac
              [ -z "$found" ] || printf '%s\n' "$line"
          done; }
}

# All headers compile together, with the flags that are given.
rule_together() {
    headers | while IFS= read -r file; do
        lacks_others "$file" "$@" || printf '#include "%s"\n' "$file"
    done | "$@" -fsyntax-only -Wall -Wextra -Werror -I. -x c++ - 2>&1 | head -n 8
}

# No symbol of the gallery is longer than the limit.
rule_symbols() {
    programs=$(find . -maxdepth 1 -type f -name 'test.*gallery*')
    [ -n "$programs" ] || echo "no test program with gallery in its name was built"
    for program in $programs; do
        nm -P "$program" | awk -v program="$program" -v most="$longest_symbol" '
            length($1) > most { print program ": " length($1) " characters, more than " most ": " substr($1, 1, 120) "..." }
            length($1) > longest { longest = length($1) }
            END { if (NR == 0) print program ": nm shows no symbol"
                  print program ": longest symbol " longest " characters" > "/dev/stderr" }'
    done
}

# Every line of tests/quick.txt names a test.
rule_quick() {
    names=$(cd tests && find . -name '*.cpp' | sed 's|^\./||; s|\.cpp$||; s|/|.|g')
    grep -v -e '^#' -e '^$' tests/quick.txt | sed 's/^@//' | while IFS= read -r pattern; do
        printf '%s\n' "$names" | grep -qE "^$pattern\$" || echo "tests/quick.txt: '$pattern' names no test"
    done
}

case $rule in
    xsimd | includes | names | spdx | length | inside | headers | together | quick)
        [ -n "$(headers)" ] || { echo "no headers below $here/include"; exit 1; } ;;
    symbols) ;;
    *) echo "check.sh: no rule '$rule'"; exit 2 ;;
esac
broken=$("rule_$rule" "$@")
[ -z "$broken" ] || { printf '%s\n' "$broken" "FAILED $rule: $(printf '%s\n' "$broken" | wc -l) line(s) above"; exit 1; }
printf 'passed: %s\n' "$rule"
