// SPDX-License-Identifier: BSL-1.0
// The harness must reject this: nothing says what is expected.
// reject: has no line
#ifdef SINTER_FAIL
static_assert(sizeof(int) == 0, "the rule");
#endif
int main() {}
