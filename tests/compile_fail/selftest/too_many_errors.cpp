// SPDX-License-Identifier: BSL-1.0
// The harness must reject this: the message is right, but it comes twice.
// reject: 2 errors, at most 1 are allowed
// expect: the rule
// errors: 1
#ifdef SINTER_FAIL
static_assert(sizeof(int) == 0, "the rule");
static_assert(sizeof(int) == 0, "the rule");
#endif
int main() {}
