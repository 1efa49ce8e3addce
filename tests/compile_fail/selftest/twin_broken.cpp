// SPDX-License-Identifier: BSL-1.0
// The harness must reject this: the twin that must compile does not.
// reject: must compile without
// expect: the rule
static_assert(sizeof(int) == 0, "the rule");
int main() {}
