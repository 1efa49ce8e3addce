// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Whether two arrays share elements. Exact for views into one buffer, cheap where the strides nest, as they do in
/// every slice of a tensor.
namespace sinter::detail {

/// One unknown of Σ stepᵢ kᵢ = target, 0 ≤ kᵢ ≤ last; step > 0.
struct unknown {
    std::ptrdiff_t step = 0, last = 0;
};

/// Whether the equation has a solution. Unknowns are sorted by falling step, so that each leaves few choices to the
/// next; after `budget` trials the answer is yes, which is the safe one.
inline bool solvable(unknown const* u, int n, std::ptrdiff_t target, int& budget) {
    if (target == 0) return true;
    if (n == 0 || target < 0) return false;
    if (--budget < 0) return true;
    std::ptrdiff_t rest = 0;
    for (int i = 1; i < n; ++i) rest += u[i].step * u[i].last;
    std::ptrdiff_t high = target / u->step;
    if (high > u->last) high = u->last;
    for (std::ptrdiff_t k = high; k >= 0 && target - k * u->step <= rest; --k)
        if (solvable(u + 1, n - 1, target - k * u->step, budget)) return true;
    return false;
}

/// The unknowns of two arrays, to be put in order.
template <std::size_t N>
struct overlap_equation {
    std::array<unknown, N> unknowns{};
    int size = 0;
    std::ptrdiff_t target = 0;

    /// Adds sign · stride · k. A negative coefficient c is |c| times (k − last): the target takes the difference.
    void add(std::ptrdiff_t coefficient, std::size_t extent) {
        auto const last = static_cast<std::ptrdiff_t>(extent) - 1;
        if (coefficient == 0 || last == 0) return;
        if (coefficient < 0) {
            coefficient = -coefficient;
            target += coefficient * last;
        }
        int i = size++;
        for (; i > 0 && unknowns[i - 1].step < coefficient; --i) unknowns[i] = unknowns[i - 1];
        unknowns[i] = {coefficient, last};
    }
};

/// The lowest address and the one behind the highest. Not for empty arrays.
template <class X>
constexpr std::array<std::uintptr_t, 2> address_range(X const& x) {
    constexpr auto bytes = static_cast<std::ptrdiff_t>(sizeof(typename X::value_type));
    auto const start = reinterpret_cast<std::uintptr_t>(x.data());
    std::ptrdiff_t low = 0, high = bytes;
    for (std::size_t i = 0; i < X::rank(); ++i) {
        std::ptrdiff_t const reach = x.stride(i) * (static_cast<std::ptrdiff_t>(x.extent(i)) - 1) * bytes;
        (reach < 0 ? low : high) += reach;
    }
    return {start + static_cast<std::uintptr_t>(low), start + static_cast<std::uintptr_t>(high)};
}

/// Whether a and b have an element in common.
template <class A, class B>
bool share_elements(A const& a, B const& b) {
    if (a.size() == 0 || b.size() == 0) return false;
    auto const ra = address_range(a), rb = address_range(b);
    if (ra[1] <= rb[0] || rb[1] <= ra[0]) return false;
    if constexpr (A::contiguous && B::contiguous) {
        return true;
    } else if constexpr (sizeof(typename A::value_type) != sizeof(typename B::value_type)) {
        return true;
    } else {
        // address of a + Σ sᵢ iᵢ  =  address of b + Σ tⱼ jⱼ
        constexpr auto bytes = static_cast<std::ptrdiff_t>(sizeof(typename A::value_type));
        auto const gap = static_cast<std::ptrdiff_t>(reinterpret_cast<std::uintptr_t>(b.data()) -
                                                     reinterpret_cast<std::uintptr_t>(a.data()));
        if (gap % bytes != 0) return true;
        overlap_equation<A::rank() + B::rank() + 1> equation;
        equation.target = gap / bytes;
        for (std::size_t i = 0; i < A::rank(); ++i) equation.add(a.stride(i), a.extent(i));
        for (std::size_t i = 0; i < B::rank(); ++i) equation.add(-b.stride(i), b.extent(i));
        int budget = 1000;
        return solvable(equation.unknowns.data(), equation.size, equation.target, budget);
    }
}

/// Whether both are the same elements at the same indices.
template <class A, class B>
constexpr bool same_elements(A const& a, B const& b) {
    if constexpr (!std::is_same_v<typename A::value_type, typename B::value_type> || A::rank_v != B::rank_v) {
        return false;
    } else {
        if (a.data() != b.data()) return false;
        for (std::size_t i = 0; i < A::rank(); ++i)
            if (a.extent(i) != b.extent(i) || (a.extent(i) != 1 && a.stride(i) != b.stride(i))) return false;
        return true;
    }
}

/// Whether writing a(i…) = b(i…) in some order could read what has been written.
template <class A, class B>
bool unsafe_overlap(A const& a, B const& b) {
    return !same_elements(a, b) && share_elements(a, b);
}

}  // namespace sinter::detail
