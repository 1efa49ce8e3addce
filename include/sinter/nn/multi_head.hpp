// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/nn/attention.hpp>
#include <sinter/nn/heads.hpp>
#include <sinter/nn/linear.hpp>
#include <sinter/tensor/tensor.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace sinter::nn {

/// Views of somebody's numbers, row-major or at any strides.
template <class T>
using weight_matrix = view<T const, dyn, dyn>;
template <class T>
using weight_vector = view<T const, dyn>;

/// What a layer without a bias has in its place: n zeros that take the room of one.
template <class T>
constexpr weight_vector<T> no_bias(std::size_t n) { return {&detail::zero<T>, {n}, {0}}; }

/// The weights of attention with h heads of d columns for queries and keys and e for values.
template <class T>
struct multi_head_weights {
    weight_matrix<T> w_q;     // (in, h·d)
    weight_vector<T> b_q;     // (h·d)
    weight_matrix<T> w_k;     // (memory's in, h·d)
    weight_vector<T> b_k;     // (h·d)
    weight_matrix<T> w_v;     // (memory's in, h·e)
    weight_vector<T> b_v;     // (h·e)
    weight_matrix<T> w_o;     // (h·e, out)
    weight_vector<T> b_o;     // (out)
    std::size_t heads;
};

/// Room for the projected heads, whole since each query needs all keys and values: rows for a longest sequence.
template <class T>
struct multi_head_workspace {
    tensor<T, dyn> q, k, v, o;

    /// For up to `rows` queries and `memory_rows` keys (batches count), with h·d = `width` and h·e = `value_width`.
    multi_head_workspace(std::size_t rows, std::size_t memory_rows, std::size_t width, std::size_t value_width)
        : q(rows * width), k(memory_rows * width), v(memory_rows * value_width), o(rows * value_width) {}
    multi_head_workspace(std::size_t rows, std::size_t width) : multi_head_workspace(rows, rows, width, width) {}
};

namespace detail {
/// Rows of a workspace in the shape of x with another last extent.
template <class T, tensor_like X>
auto room_like(char const* who, tensor<T, dyn>& room, X const& x, std::size_t columns) {
    auto extents = x.shape();
    extents.back() = columns;
    std::array<std::ptrdiff_t, std::remove_cvref_t<X>::rank_v> strides{};
    std::ptrdiff_t size = 1;
    for (std::size_t i = extents.size(); i-- > 0; size *= static_cast<std::ptrdiff_t>(extents[i])) strides[i] = size;
    if (static_cast<std::size_t>(size) > room.size())
        raise_shape((message() << who << ": the workspace has room for " << room.size() << " numbers, but the shape " << extents
                               << " is needed").text());
    return view_at(room.data(), extents, strides);
}
}  // namespace detail

/// The heads' results side by side, before the last product: with qᵢ = xW_q + b_q split into heads, k and v of the
/// memory likewise, headᵢ = softmax(f(qᵢkᵢᵀ/√d))vᵢ. A view of the workspace, until that is used again.
/// (…,n,in), (…,m,in) → (…,n,h·e); f from scores to scores, (…,h,n,m) → (…,h,n,m)
template <class T, tensor_like X, tensor_like M, class F = decltype(unchanged)>
auto attended_heads(X const& x, M const& memory, multi_head_weights<T> const& w, multi_head_workspace<T>& room, F f = {}) {
    char const* const who = "multi_head_attention";
    auto const q = detail::room_like(who, room.q, x, w.w_q.extent(1));
    auto const k = detail::room_like(who, room.k, memory, w.w_k.extent(1));
    auto const v = detail::room_like(who, room.v, memory, w.w_v.extent(1));
    auto const o = detail::room_like(who, room.o, x, w.w_v.extent(1));
    q = linear(detail::seen(x), w.w_q, w.b_q);
    k = linear(detail::seen(memory), w.w_k, w.b_k);
    v = linear(detail::seen(memory), w.w_v, w.b_v);
    split_heads(o, w.heads) =
        dot_product_attention(split_heads(q, w.heads), split_heads(k, w.heads), split_heads(v, w.heads), f);
    return detail::seen(o);
}

/// concat(head₁ … head_h)W_o + b_o, as a formula over the workspace, in which the heads have been evaluated: it can go on
/// (`y = x + nn::multi_head_attention(x, x, w, room)`), and is valid until the workspace is used again.
/// Self-attention where the memory is x. (…,n,in), (…,m,in) → (…,n,out)
/// Throws: shape_error where the workspace is too small or the weights do not fit.
template <class T, tensor_like X, tensor_like M, class F = decltype(unchanged)>
auto multi_head_attention(X const& x, M const& memory, multi_head_weights<T> const& w, multi_head_workspace<T>& room, F f = {}) {
    return linear(attended_heads(x, memory, w, room, f), w.w_o, w.b_o);
}

}  // namespace sinter::nn
