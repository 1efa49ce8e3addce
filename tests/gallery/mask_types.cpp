// SPDX-License-Identifier: BSL-1.0
// Masks that compare coordinates with operands of every element type: right at every boundary of a block.
#include "support/masks.hpp"

namespace sinter::test {
namespace {

/// Numbers around the boundaries of blocks, and some that no coordinate is.
template <class L>
vector<L> places(generator& g, size n, size m) {
    vector<L> x(n);
    double const special[] = {0, 1, 95, 96, 97, double(m) - 1, double(m), double(m) + 3};
    for (auto& p : x) {
        double const at = g.below(2) ? special[g.below(8)] : g.uniform(-9, double(m) + 9);
        bool const fits = at <= double(std::numeric_limits<L>::max()) && at >= double(std::numeric_limits<L>::lowest());
        p = fits ? static_cast<L>(at) : L(1);
    }
    return x;
}

template <class L, class T = float>
void compare_with(char const* type) {
    generator g(seed());
    BOOST_TEST_CONTEXT(type)
    for (auto [n, m] : scores_sizes) {
        attention_of<T> const x(g, n, m);
        auto const low = places<L>(g, n, m), high = places<L>(g, n, m), of_key = places<L>(g, m, m);
        attend("lengths", x, coord<-1> < expand<1>(low));
        weigh("ranges", x, coord<-1> >= expand<1>(low) && coord<-1> < expand<1>(high));
        weigh("after a past", x, coord<-1> <= coord<-2> + expand<1>(low));
        weigh("of the keys", x, expand<0>(of_key) <= coord<-2>);
    }
}

BOOST_AUTO_TEST_CASE(uint8) { compare_with<std::uint8_t>("uint8"); }
BOOST_AUTO_TEST_CASE(int32) { compare_with<std::int32_t>("int32"); }
BOOST_AUTO_TEST_CASE(size_type) { compare_with<std::size_t>("size_t"); }
BOOST_AUTO_TEST_CASE(halves) { compare_with<half>("half"); }
BOOST_AUTO_TEST_CASE(int32_in_double) { compare_with<std::int32_t, double>("int32, double"); }

/// Beyond 2²⁴ a float is no index: what is compared is rounded, and so are its bounds.
BOOST_AUTO_TEST_CASE(large_numbers) {
    generator g(seed());
    operands const x(g, 40, 300);
    vector<std::int64_t> of_key(300);
    for (double const base : {0x1p24, 0x1p53, 0x1p62})
        for (size const period : {size(1), size(100)}) {
            for (size j = 0; j < 300; ++j) of_key(j) = std::int64_t(base) + std::int64_t(j / period) * std::int64_t(base / 0x1p22);
            weigh("after a past", x, expand<0>(of_key) <= 4 * coord<-2> + base);
            weigh("=", x, equal(of_key, base));
        }
}

/// What a cast makes of coordinates.
BOOST_AUTO_TEST_CASE(casts) {
    generator g(seed());
    for (auto [n, m] : scores_sizes) {
        operands const x(g, n, m);
        weigh("toward zero", x, equal(cast<std::int32_t>((coord<-1> - coord<-2>) / 30.0f), 0));
        weigh("true", x, cast<bool>(max(0, coord<-1> - coord<-2>)));
        weigh("blocks of the diagonal", x, equal(cast<std::uint8_t>(coord<-1> / 20.0f), cast<std::uint8_t>(coord<-2> / 20.0f)));
        weigh("of a comparison", x, cast<float>(coord<-1> <= coord<-2>) > 0.5f);
    }
}

}  // namespace
}  // namespace sinter::test
