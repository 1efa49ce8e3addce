// SPDX-License-Identifier: BSL-1.0
#include "random/formulas.hpp"

namespace sinter::test::by_chance {

BOOST_AUTO_TEST_CASE(formulas_of_depth_3) {
    try_formulas<200, 3>(std::make_integer_sequence<std::uint64_t, 16>{}, 6);
}

}  // namespace sinter::test::by_chance
