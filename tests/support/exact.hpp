// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "allocations.hpp"

#include <sinter/sinter.hpp>

#include <boost/test/unit_test.hpp>

/// Results that are not rounded: compared with plain loops instead of the oracle, which computes in double.
namespace sinter::test {

/// out = e, which allocates nothing the second time, and is f(i, j) everywhere.
template <class Out, class E, class F>
void exact(char const* what, Out out, E const& e, F f) {
    BOOST_TEST(plan(e).temporaries == 0);
    out = e;
    for (auto& v : out) v = typename Out::value_type(77);
    BOOST_TEST(allocations_of([&] { out = e; }).calls == 0u);
    std::size_t bad = 0;
    for (std::size_t i = 0; i < out.extent(0); ++i)
        for (std::size_t j = 0; j < out.extent(1); ++j) bad += !(out(i, j) == typename Out::value_type(f(i, j)));
    BOOST_TEST(bad == 0u, what << ": " << bad << " of " << out.size() << " elements are wrong");
}

}  // namespace sinter::test
