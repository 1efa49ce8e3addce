// SPDX-License-Identifier: BSL-1.0
#include "random/formulas.hpp"

namespace sinter::test::by_chance {

BOOST_AUTO_TEST_CASE(formulas_of_depth_2) {
    try_formulas<100, 2>(std::make_integer_sequence<std::uint64_t, 24>{}, 6);
}

}  // namespace sinter::test::by_chance
