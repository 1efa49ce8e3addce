// SPDX-License-Identifier: BSL-1.0
// The harness must reject this: the message is another one.
// reject: do not match: extents of the inner axis
// expect: extents of the inner axis
#ifdef SINTER_FAIL
static_assert(sizeof(int) == 0, "something else");
#endif
int main() {}
