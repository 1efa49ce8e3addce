// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/extents.hpp>
#include <sinter/tensor/fwd.hpp>

#include <array>
#include <cassert>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace sinter {

/// What tensors and views have in common. Self provides data(), stride(i) and extents_of().
template <class Self, class T, std::size_t... E>
class tensor_interface : public tensor_base {
public:
    using value_type = std::remove_const_t<T>;
    static constexpr int rank_v = static_cast<int>(sizeof...(E));
    static constexpr std::array<std::size_t, sizeof...(E)> static_extents{E...};

    static constexpr std::size_t rank() { return sizeof...(E); }
    constexpr std::size_t extent(std::size_t axis) const { return self().extents_of()[axis]; }
    constexpr std::array<std::size_t, sizeof...(E)> shape() const { return self().extents_of().shape(); }
    constexpr std::size_t size() const { return self().extents_of().size(); }
    constexpr bool empty() const { return size() == 0; }

    /// The element at an index, x(i, j), which must lie within the extents: asserted where NDEBUG is not defined.
    template <std::integral... I>
    constexpr decltype(auto) operator()(I... index) {
        return self().data()[offset(index...)];
    }
    template <std::integral... I>
    constexpr decltype(auto) operator()(I... index) const {
        return self().data()[offset(index...)];
    }

    /// The element at an index. Throws std::out_of_range.
    template <std::integral... I>
    constexpr decltype(auto) at(I... index) {
        check_index({static_cast<std::ptrdiff_t>(index)...});
        return (*this)(index...);
    }
    template <std::integral... I>
    constexpr decltype(auto) at(I... index) const {
        check_index({static_cast<std::ptrdiff_t>(index)...});
        return (*this)(index...);
    }

    /// The element of a tensor of rank 0.
    constexpr operator value_type() const
        requires(sizeof...(E) == 0)
    {
        return *self().data();
    }

protected:
    constexpr tensor_interface() = default;
    constexpr tensor_interface(tensor_interface const&) = default;
    constexpr tensor_interface& operator=(tensor_interface const&) = default;

private:
    constexpr Self& self() { return static_cast<Self&>(*this); }
    constexpr Self const& self() const { return static_cast<Self const&>(*this); }

    template <class... I>
    constexpr bool within(I... index) const {
        [[maybe_unused]] std::size_t axis = 0;
        return ((static_cast<std::size_t>(index) < extent(axis++)) && ...);  // what is negative becomes large
    }

    /// Σᵢ indexᵢ strideᵢ, in elements.
    template <class... I>
    constexpr std::ptrdiff_t offset(I... index) const {
        static_assert(sizeof...(I) == sizeof...(E), "sinter: wrong number of indices: give one for each axis");
        assert(within(index...) && "sinter: index out of range");
        std::ptrdiff_t at = 0;
        [[maybe_unused]] std::size_t axis = 0;
        if constexpr (Self::contiguous) {
            ((at = at * static_cast<std::ptrdiff_t>(extent(axis++)) + static_cast<std::ptrdiff_t>(index)), ...);
        } else {
            ((at += static_cast<std::ptrdiff_t>(index) * self().stride(axis++)), ...);
        }
        return at;
    }

    constexpr void check_index(std::array<std::ptrdiff_t, sizeof...(E)> const& index) const {
        for (std::size_t i = 0; i < sizeof...(E); ++i)
            if (index[i] < 0 || static_cast<std::size_t>(index[i]) >= extent(i))
                raise_range(message() << "at: index " << index[i] << " of axis " << i
                                      << " is out of range for the shape " << shape());
    }
};

}  // namespace sinter
