// SPDX-License-Identifier: BSL-1.0
// Stands for the precompiled headers of the test programs: see test_precompiled in tests/CMakeLists.txt.
