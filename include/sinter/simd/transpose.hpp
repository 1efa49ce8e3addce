// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/convert.hpp>

#include <cstddef>
#include <utility>

/// \file
/// Transposition of a square of lanes in registers, by two-input shuffles: first inside each 128 bits (unpack), then of the
/// 128-bit groups. The compilers' shuffles are used, since zip_lo and zip_hi differ between versions of xsimd.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
template <class T> inline constexpr int group_width = 16 / static_cast<int>(sizeof(T));     // lanes in 128 bits
template <class T> inline constexpr int groups = width<T> / group_width<T>;

/// Lane i of `interleave`, counted in a followed by b: in each 128 bits pieces of `Piece` lanes, alternately of a and b, from
/// their lower or their upper halves.
template <class T, int Piece, bool Upper>
constexpr int interleaved(int i) {
    int const place = i % group_width<T>;
    int const from_b = place / Piece % 2;
    return i - place + (Upper ? group_width<T> / 2 : 0) + place / Piece / 2 * Piece + place % Piece + from_b * width<T>;
}

/// Lane i of `separate`: the even, or the odd, 128-bit groups of a, then those of b.
template <class T, bool Odd>
constexpr int separated(int i) {
    return i / group_width<T> * 2 * group_width<T> + Odd * group_width<T> + i % group_width<T>;
}

template <class T, int Piece, bool Upper>
SINTER_INLINE vec<T> interleave(vec<T> a, vec<T> b) {
    return [&]<int... I>(std::integer_sequence<int, I...>) SINTER_INLINE_LAMBDA {
        return __builtin_shufflevector(a, b, interleaved<T, Piece, Upper>(I)...);
    }(std::make_integer_sequence<int, width<T>>{});
}

template <class T, bool Odd>
SINTER_INLINE vec<T> separate(vec<T> a, vec<T> b) {
    return [&]<int... I>(std::integer_sequence<int, I...>) SINTER_INLINE_LAMBDA {
        return __builtin_shufflevector(a, b, separated<T, Odd>(I)...);
    }(std::make_integer_sequence<int, width<T>>{});
}

/// Rows i and i + Piece of every 2·Piece give two rows, side by side.
template <class T, int Piece>
SINTER_INLINE void interleave_rows(vec<T> (&row)[width<T>]) {
    vec<T> next[width<T>];
#pragma GCC unroll 16
    for (int i = 0; i < width<T> / 2; ++i) {
        int const upper = i / Piece * 2 * Piece + i % Piece;
        next[2 * i] = interleave<T, Piece, false>(row[upper], row[upper + Piece]);
        next[2 * i + 1] = interleave<T, Piece, true>(row[upper], row[upper + Piece]);
    }
#pragma GCC unroll 16
    for (int i = 0; i < width<T>; ++i) row[i] = next[i];
}

/// The square of 128-bit groups in the rows c, c + group_width, c + 2·group_width, …
template <class T>
SINTER_INLINE void transpose_groups(vec<T> (&row)[width<T>], int c) {
    constexpr int g = group_width<T>;
    if constexpr (groups<T> == 2) {
        vec<T> const even = separate<T, false>(row[c], row[c + g]);
        row[c + g] = separate<T, true>(row[c], row[c + g]);
        row[c] = even;
    } else if constexpr (groups<T> == 4) {
        vec<T> const even0 = separate<T, false>(row[c], row[c + g]);
        vec<T> const even1 = separate<T, false>(row[c + 2 * g], row[c + 3 * g]);
        vec<T> const odd0 = separate<T, true>(row[c], row[c + g]);
        vec<T> const odd1 = separate<T, true>(row[c + 2 * g], row[c + 3 * g]);
        row[c] = separate<T, false>(even0, even1);
        row[c + g] = separate<T, false>(odd0, odd1);
        row[c + 2 * g] = separate<T, true>(even0, even1);
        row[c + 3 * g] = separate<T, true>(odd0, odd1);
    }
}

/// Row r becomes column r.
template <class T>
SINTER_INLINE void transpose_square(vec<T> (&row)[width<T>]) {
    static_assert(groups<T> <= 4, "transpose requires registers of 128, 256 or 512 bits");
    interleave_rows<T, 1>(row);
    if constexpr (sizeof(T) == 4) interleave_rows<T, 2>(row);
#pragma GCC unroll 4
    for (int c = 0; c < group_width<T>; ++c) transpose_groups<T>(row, c);
}
}  // namespace detail

/// out[c·out_stride + r] = in[r·in_stride + c] for r < rows, c < cols. (rows × cols) → (cols × rows)
///
/// Requires: rows, cols ≤ width<T>. Cost: a full square is log₂(width) shuffles for each row; edges are loaded and stored
/// masked, so that nothing outside is touched.
///
/// T is the type in registers: elements of other types are converted as they are loaded and stored.
template <class T, class In, class Out>
inline void transpose(In const* in, std::ptrdiff_t in_stride, Out* out, std::ptrdiff_t out_stride, int rows, int cols) {
    constexpr int w = width<T>;
    detail::vec<T> row[w];
    if (rows == w && cols == w) {
#pragma GCC unroll 16
        for (int r = 0; r < w; ++r) row[r] = detail::to_vec<T>(load_as<T>(in + r * in_stride));
        detail::transpose_square<T>(row);
#pragma GCC unroll 16
        for (int c = 0; c < w; ++c) store_as(out + c * out_stride, detail::from_vec<T>(row[c]));
        return;
    }
#pragma GCC unroll 16
    for (int r = 0; r < w; ++r)
        row[r] = detail::to_vec<T>(r < rows ? load_first_as<T>(in + r * in_stride, cols) : broadcast(T(0)));
    detail::transpose_square<T>(row);
#pragma GCC unroll 16
    for (int c = 0; c < w; ++c)
        if (c < cols) store_first_as(out + c * out_stride, detail::from_vec<T>(row[c]), rows);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
