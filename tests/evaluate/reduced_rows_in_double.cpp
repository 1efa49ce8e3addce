// SPDX-License-Identifier: BSL-1.0
#include "evaluate/reduced_rows.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(rows_of_contractions) {
    generator g(seed());
    check_all<double>(g, {35, 9, 98, 17});
}

}  // namespace
}  // namespace sinter::test
