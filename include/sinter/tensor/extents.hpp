// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/config.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace sinter::detail {

/// R integers of any types: `{n, 3}` with n of any integral type, without the language's complaint about narrowing.
template <std::size_t R>
struct index_list {
    std::array<std::ptrdiff_t, R> value{};

    template <std::integral... I>
        requires(sizeof...(I) == R)
    constexpr index_list(I... i) : value{static_cast<std::ptrdiff_t>(i)...} {}

    template <std::integral I>
    constexpr index_list(std::array<I, R> const& a) {
        for (std::size_t i = 0; i < R; ++i) value[i] = static_cast<std::ptrdiff_t>(a[i]);
    }
};

/// One integer of any type.
struct number {
    std::ptrdiff_t value;
    template <std::integral I>
    constexpr number(I i) : value(static_cast<std::ptrdiff_t>(i)) {}
};

/// The extents of a tensor; those known at compile time are read from the type.
template <std::size_t... E>
class extents {
    struct nothing {};

public:
    static constexpr std::size_t rank = sizeof...(E);
    static constexpr std::size_t dynamic_rank = (std::size_t{E == dyn} + ... + 0);
    static constexpr std::array<std::size_t, rank> fixed{E...};

    constexpr extents() = default;  ///< unknown extents are 0

    /// Takes the extents as they are: for callers that have checked.
    constexpr explicit extents(std::array<std::size_t, rank> const& shape) {
        if constexpr (dynamic_rank != 0) run_ = shape;
    }

    constexpr std::size_t operator[](std::size_t i) const {
        if constexpr (dynamic_rank == 0) return fixed[i];
        else return fixed[i] != dyn ? fixed[i] : run_[i];
    }

    constexpr std::array<std::size_t, rank> shape() const {
        std::array<std::size_t, rank> s{};
        for (std::size_t i = 0; i < rank; ++i) s[i] = (*this)[i];
        return s;
    }

    constexpr std::size_t size() const {
        std::size_t n = 1;
        for (std::size_t i = 0; i < rank; ++i) n *= (*this)[i];
        return n;
    }

    constexpr std::array<std::ptrdiff_t, rank> row_major() const {
        std::array<std::ptrdiff_t, rank> s{};
        std::ptrdiff_t step = 1;
        for (std::size_t i = rank; i-- > 0; step *= static_cast<std::ptrdiff_t>((*this)[i])) s[i] = step;
        return s;
    }

    /// Forgets the extents known at run time: what was moved from is empty.
    constexpr void clear() {
        if constexpr (dynamic_rank != 0) run_ = {};
    }

private:
    [[no_unique_address]] std::conditional_t<dynamic_rank == 0, nothing, std::array<std::size_t, rank>> run_{};
};

/// The number of elements; raises where the bytes can't be addressed.
template <std::size_t R>
constexpr std::size_t checked_size(std::array<std::size_t, R> const& shape, std::size_t element_bytes) {
    bool overflow = false, empty = false;
    std::size_t n = 1;
    for (std::size_t e : shape) {
        empty |= e == 0;
        overflow |= __builtin_mul_overflow(n, e, &n);
    }
    if (empty) return 0;
    if (overflow || n > static_cast<std::size_t>(PTRDIFF_MAX) / element_bytes)
        raise_shape(message() << "tensor: the shape " << shape << " has more elements than memory can hold");
    return n;
}

/// Extents from a user's list, which has the dynamic ones or all.
template <class X, std::size_t N>
constexpr X make_extents(char const* who, std::array<std::ptrdiff_t, N> const& given) {
    static_assert(N == X::rank || N == X::dynamic_rank,
                  "sinter: wrong number of extents: give the dynamic ones (dyn), or all of them");
    std::array<std::size_t, X::rank> shape{};
    std::size_t next = 0;
    for (std::size_t i = 0; i < X::rank; ++i) {
        bool const known = X::fixed[i] != dyn;
        if (known && N != X::rank) {
            shape[i] = X::fixed[i];
            continue;
        }
        std::ptrdiff_t const e = given[next++];
        if (e < 0) raise_shape(message() << who << ": extent " << i << " is negative or too large (" << e << ")");
        if (known && static_cast<std::size_t>(e) != X::fixed[i])
            raise_shape(message() << who << ": extent " << i << " is " << e << ", but the type says " << X::fixed[i]);
        shape[i] = static_cast<std::size_t>(e);
    }
    return X(shape);
}

/// Extents from a shape of the full rank, e.g. that of an expression.
template <class X>
constexpr X make_extents(char const* who, std::array<std::size_t, X::rank> const& shape) {
    for (std::size_t i = 0; i < X::rank; ++i)
        if (X::fixed[i] != dyn && X::fixed[i] != shape[i])
            raise_shape(message() << who << ": the shapes " << X::fixed << " and " << shape << " differ");
    return X(shape);
}

template <std::size_t R>
constexpr bool extents_agree(std::array<std::size_t, R> const& a, std::array<std::size_t, R> const& b) {
    for (std::size_t i = 0; i < R; ++i)
        if (a[i] != dyn && b[i] != dyn && a[i] != b[i]) return false;
    return true;
}

/// Whether extents `from` fit extents `to` by their types alone.
template <std::size_t R>
constexpr bool extents_convert(std::array<std::size_t, R> const& from, std::array<std::size_t, R> const& to) {
    for (std::size_t i = 0; i < R; ++i)
        if (to[i] != dyn && from[i] != to[i]) return false;
    return true;
}

}  // namespace sinter::detail
