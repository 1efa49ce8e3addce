// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/types.hpp"

#include <sinter/nn.hpp>

/// The losses against plain loops in double, written from their definitions.
namespace sinter::test {

template <class T>
using table = matrix<T>;

template <class T>
void agrees(char const* what, auto const& e, double want, size terms) {
    static_assert(std::remove_cvref_t<decltype(e)>::info.rank == 0);
    tensor<T> got;
    got = e;
    allocation_count const used = allocations_of([&] { got = e; });
    BOOST_CHECK_MESSAGE(used.calls == 0 && plan(e).temporaries == 0, what << ": something is stored");
    double const allowed = near<T>(terms).allowed * (1 + std::abs(want));
    BOOST_CHECK_MESSAGE(std::abs(double(*got.data()) - want) <= allowed, what << ": " << *got.data() << ", expected " << want);
}

inline constexpr std::array<size, 2> tables[] = {{1, 1}, {2, 3}, {7, 9}, {8, 8}, {17, 15}, {33, 31}, {3, 257}, {129, 5}};

}  // namespace sinter::test
