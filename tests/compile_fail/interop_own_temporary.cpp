// SPDX-License-Identifier: BSL-1.0
// expect: (deleted|delete)
// lines: 68
#include <sinter/tensor/view_of.hpp>

#include <vector>

struct picture {
    int height, width;
    std::vector<float> pixels;
};

template <>
struct sinter::view_maker<picture> {
    static constexpr bool borrows = false;
    template <class P>
    static auto of(P& p) { return view(p.pixels.data(), p.height, p.width); }
};

float first(picture values) {
#ifdef SINTER_FAIL
    return sinter::view_of(picture(values))(0, 0);
#else
    return sinter::view_of(values)(0, 0);
#endif
}
