// SPDX-License-Identifier: BSL-1.0
// Stands for precompiled headers of tests: see test_precompiled in tests/CMakeLists.txt.
