// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>
#include <sinter/tensor/view_of.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <type_traits>
#include <utility>

/// Eigen both ways. What Eigen keeps in memory (Matrix, Array, Map, Ref, blocks, transposes, diagonals) may stand in a
/// formula, and view_of(m) shows and takes its elements, in either order of storage. What has one row or one column by its
/// type is a vector, of rank 1.
///
///     view_of(m) = sinter::softmax(a * m.transpose());
///
/// Eigen's other expressions (m * n, m + n of Eigen's objects alone) are Eigen's own to evaluate: store them first.
/// eigen_map(x) is the way back: a tensor or view as an Eigen::Map.
namespace sinter {

namespace detail {
template <class D>
constexpr bool is_dense(Eigen::DenseBase<D> const*) { return (D::Flags & Eigen::DirectAccessBit) != 0; }

/// An object of Eigen's whose elements lie in memory.
template <class D>
concept eigen_in_memory = requires(D* m) { requires is_dense(static_cast<D*>(nullptr)); m->innerStride(); };

template <class D>
constexpr bool eigen_owns(Eigen::PlainObjectBase<D> const*) { return true; }
template <class D, int Options, class Stride>
constexpr bool eigen_owns(Eigen::Ref<D const, Options, Stride> const*) { return true; }  // it may have made a copy
constexpr bool eigen_owns(void const*) { return false; }

constexpr std::size_t eigen_extent(int n) { return n == Eigen::Dynamic ? dyn : static_cast<std::size_t>(n); }

/// An extent, as Eigen says it.
constexpr int to_eigen_extent(std::size_t n) { return n == dyn ? Eigen::Dynamic : static_cast<int>(n); }

/// Eigen's type for what X is: row-major, unless it is one column by its type, which Eigen wants to be column-major.
template <class X>
struct eigen_map_of {
    using T = std::remove_reference_t<decltype(*std::declval<X&>().data())>;
    static constexpr int rows = to_eigen_extent(X::static_extents[0]);
    static constexpr int columns = X::rank_v == 1 ? 1 : to_eigen_extent(X::static_extents[X::rank_v - 1]);
    static constexpr bool column = columns == 1 && rows != 1;
    using plain = Eigen::Matrix<std::remove_const_t<T>, rows, columns, column ? Eigen::ColMajor : Eigen::RowMajor>;
    using stride = std::conditional_t<X::contiguous, Eigen::Stride<0, 0>, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>>;
    using type = Eigen::Map<std::conditional_t<std::is_const_v<T>, plain const, plain>, Eigen::Unaligned, stride>;
};
}  // namespace detail

template <detail::eigen_in_memory D>
struct view_maker<D> {
    static constexpr bool borrows = !detail::eigen_owns(static_cast<D*>(nullptr));

    template <class M>
        requires std::is_same_v<std::remove_const_t<M>, D>
    static constexpr auto of(M& m) {
        using T = std::remove_pointer_t<decltype(m.data())>;
        if constexpr (D::IsVectorAtCompileTime)
            return view<T, detail::eigen_extent(D::SizeAtCompileTime)>(m.data(), {m.size()}, {m.innerStride()});
        else
            return view<T, detail::eigen_extent(D::RowsAtCompileTime), detail::eigen_extent(D::ColsAtCompileTime)>(
                m.data(), {m.rows(), m.cols()}, {m.rowStride(), m.colStride()});
    }
};

/// A tensor or view of rank 1 (a column) or 2 as an Eigen::Map of a matrix.
/// Throws: shape_error where strides are negative, which Eigen has not.
template <class X>
    requires is_tensor<X>
auto eigen_map(X& x SINTER_LIFETIMEBOUND) {
    static_assert(X::rank_v == 1 || X::rank_v == 2, "sinter: eigen_map: Eigen's matrices have one axis or two");
    using result = detail::eigen_map_of<X>;
    auto const rows = static_cast<Eigen::Index>(x.extent(0));
    auto const columns = static_cast<Eigen::Index>(X::rank_v == 1 ? 1 : x.extent(X::rank_v - 1));
    if constexpr (X::contiguous) return typename result::type(x.data(), rows, columns);
    else {
        auto const down = x.stride(0), right = X::rank_v == 1 ? 0 : x.stride(X::rank_v - 1);
        if (down < 0 || right < 0)
            raise_shape("eigen_map: a stride of the view is negative, which Eigen has not; copy it into a tensor");
        using stride = typename result::stride;                 // of the slow axis, of the fast one
        return typename result::type(x.data(), rows, columns, result::column ? stride(right, down) : stride(down, right));
    }
}
template <class T, std::size_t... E>
void eigen_map(tensor<T, E...> const&&) = delete;  // the elements would be gone at the end of the statement

}  // namespace sinter
