# SPDX-License-Identifier: BSL-1.0
# Reads the JUnit file of ctest; prints how many test cases passed and failed. A Boost.Test program counts as its test
# cases, any other test as one. A test that failed counts at least one failure, whatever it printed. A test that said
# itself that it was skipped (CTest's SKIP_RETURN_CODE) counts as neither; one that could not be started is a failure.
function close_test() {
    if (!open) return
    open = 0
    if (skipped) return
    if (total == 0) { total = 1; good = (state == "run") ? 1 : 0 }
    if (state != "run" && good == total) good = total - 1
    passed += good
    failed += total - good
}
/<testcase / {
    close_test()
    open = 1; total = 0; good = 0; skipped = 0
    state = $0; sub(/.* status="/, "", state); sub(/".*/, "", state)
}
open && /<skipped message="SKIP_RETURN_CODE=/ { skipped = 1 }
open && / test cases? out of [0-9]+ (passed|failed)/ {
    line = $0
    sub(/.*out of /, "", line); total = line + 0
    line = $0
    if (line ~ /out of [0-9]+ passed/) { sub(/ test case.*/, "", line); sub(/.*[^0-9]/, "", line); good = line + 0 }
}
END { close_test(); print passed + 0, failed + 0 }
