// SPDX-License-Identifier: BSL-1.0
// expect: (deleted|delete)
// lines: 60
#include <sinter/interop/npy.hpp>

float first(sinter::npy::array const& file) {
#ifdef SINTER_FAIL
    return sinter::npy::array(file).as<float, 3>()(0);
#else
    return file.as<float, 3>()(0);
#endif
}
