// SPDX-License-Identifier: BSL-1.0
#include "random/formulas.hpp"

namespace sinter::test::by_chance {

BOOST_AUTO_TEST_CASE(formulas_of_depth_4) {
    try_formulas<600, 4>(std::make_integer_sequence<std::uint64_t, 8>{}, 6);
}

}  // namespace sinter::test::by_chance
