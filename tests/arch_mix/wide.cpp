// SPDX-License-Identifier: BSL-1.0
#include "ask.hpp"

arch_mix::answer ask_wide() { return arch_mix::ask(sizeof(sinter::simd::batch<float>)); }
