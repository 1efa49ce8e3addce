// SPDX-License-Identifier: BSL-1.0
// The harness must reject this: the message is right, but there is too much of it.
// reject: lines of diagnostics
// expect: the rule
// lines: 1
#ifdef SINTER_FAIL
static_assert(sizeof(int) == 0, "the rule");
static_assert(sizeof(int) == 0, "the rule");
#endif
int main() {}
