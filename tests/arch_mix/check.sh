#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# check.sh object arch...: no function that the linker may share between objects uses what is named after an instruction set,
# unless it is named after it as well. Objects are best compiled without optimisation: nothing is hidden by inlining.
set -eu
failed=0
while [ $# -gt 1 ]; do
    { nm "$1"; objdump -dr --no-show-raw-insn "$1"; } | awk -v arch="$2" -v object="$1" '
        NF == 3 && $2 ~ /^[WVu]$/ { shared[$3] = 1; next }
        /^[0-9a-f]+ <.*>:$/ { name = $2; sub(/^</, "", name); sub(/>:$/, "", name); uses = 0; next }
        name in shared && index(name, arch) == 0 && $2 ~ /^R_/ && index($3, arch) > 0 && !uses {
            print "FAILED: " object ": " name " is shared and uses " $3; uses = bad = 1 }
        /R_X86_64/ { found = found || index($3, arch) > 0 }
        END { if (!found) { print "FAILED: " object ": nothing is named after " arch; bad = 1 }
              exit bad }' || failed=1
    shift 2
done
exit $failed
