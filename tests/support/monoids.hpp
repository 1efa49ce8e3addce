// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/sinter.hpp>

#include <cmath>

/// A monoid and a semiring that the library has never heard of.
namespace sinter::test {

/// The widest way: as wide as its narrowest part. Of two monoids that the library knows.
struct widest {
    monoids::maximum plus;
    monoids::minimum times;
};

struct largest_magnitude {
    template <class T>
    static constexpr T identity() {
        return T(0);
    }
    template <class X>
    constexpr X operator()(X const& a, X const& b) const {
        using std::abs;
        using std::max;
        return max(abs(a), abs(b));
    }
};
}  // namespace sinter::test
