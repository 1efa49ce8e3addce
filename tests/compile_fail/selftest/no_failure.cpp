// SPDX-License-Identifier: BSL-1.0
// The harness must reject this: it compiles either way.
// reject: compiles with SINTER_FAIL
// expect: never seen
int main() {}
