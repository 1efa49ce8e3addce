// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/types.hpp"

#include <cstdio>
#include <string>
#include <vector>

/// Formulas made by chance. A formula is a type, so its make is drawn at compile time, from a number: the same number
/// gives the same formula everywhere. Its extents and numbers are drawn at run time from SINTER_SEED.
namespace sinter::test::by_chance {

constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t salt) { return generator(seed * 0x10001 + salt)(); }

/// Three extents, two matrices of each of the nine shapes, two vectors of each length.
template <class T>
struct context {
    std::array<size, 3> extent;
    std::vector<matrix<T>> planes;
    std::vector<vector<T>> lines;

    context(generator& g, std::array<size, 3> n) : extent(n) {
        for (size i = 0; i < 18; ++i) planes.push_back(make<matrix<T>>(g, -1.5, 1.5, n[i / 3 % 3], n[i % 3]));
        for (size i = 0; i < 6; ++i) lines.push_back(make<vector<T>>(g, -1.5, 1.5, n[i % 3]));
    }
};

template <std::uint64_t S, class X>
auto unary(X&& x) {
    constexpr auto kind = mix(S, 1) % 14;
    if constexpr (kind == 0) return tanh(std::forward<X>(x));
    else if constexpr (kind == 1) return sigmoid(std::forward<X>(x));
    else if constexpr (kind == 2) return relu(std::forward<X>(x));
    else if constexpr (kind == 3) return exp(-abs(std::forward<X>(x)));
    else if constexpr (kind == 4) return sqrt(abs(std::forward<X>(x)) + 1);
    else if constexpr (kind == 5) return square(std::forward<X>(x)) / 2;
    else if constexpr (kind == 6) return -std::forward<X>(x);
    else if constexpr (kind == 7) return log1p(abs(std::forward<X>(x)));
    else if constexpr (kind == 8) return gelu(std::forward<X>(x));
    else if constexpr (kind == 9) return std::forward<X>(x) * 2 - 1;
    else if constexpr (kind == 10) return silu(std::forward<X>(x));
    else if constexpr (kind == 11) return sin(std::forward<X>(x));
    else if constexpr (kind == 12) return clamp(std::forward<X>(x), -0.5, 1);
    else return 1 / (1 + abs(std::forward<X>(x)));
}

template <std::uint64_t S, class A, class B>
auto binary(A&& a, B&& b) {
    constexpr auto kind = mix(S, 2) % 9;
    if constexpr (kind < 2) return std::forward<A>(a) + std::forward<B>(b);
    else if constexpr (kind == 2) return std::forward<A>(a) - std::forward<B>(b);
    else if constexpr (kind < 5) return std::forward<A>(a) % std::forward<B>(b);
    else if constexpr (kind == 5) return min(std::forward<A>(a), std::forward<B>(b));
    else if constexpr (kind == 6) return max(std::forward<A>(a), std::forward<B>(b) / 2);
    else if constexpr (kind == 7) return std::forward<A>(a) / (1 + square(std::forward<B>(b)));
    else return where(coord<-1> < 3, std::forward<A>(a), std::forward<B>(b));
}

template <std::uint64_t S, int Axis, class X, class... Keep>
auto reduction(X&& x, Keep... keep) {
    constexpr auto kind = mix(S, 3) % 8;
    if constexpr (kind < 2) return sum(std::forward<X>(x), axis<Axis>, keep...);
    else if constexpr (kind == 2) return mean(std::forward<X>(x), axis<Axis>, keep...);
    else if constexpr (kind == 3) return amax(std::forward<X>(x), axis<Axis>, keep...);
    else if constexpr (kind == 4) return amin(std::forward<X>(x), axis<Axis>, keep...);
    else if constexpr (kind == 5) return logsumexp(std::forward<X>(x), axis<Axis>, keep...);
    else if constexpr (kind == 6) return norm(std::forward<X>(x), axis<Axis>, keep...);
    else return variance(std::forward<X>(x), axis<Axis>, keep...);
}

template <std::uint64_t S, int Depth, int N, class T>
auto line(context<T> const& x);

/// A matrix with extents R and C of the context. Products are drawn at most `Products` deep.
template <std::uint64_t S, int Depth, int Products, int R, int C, class T>
auto plane(context<T> const& x) {
    constexpr auto kind = Depth == 0 ? 0 : 1 + mix(S, 4) % 20;
    constexpr std::uint64_t left = mix(S, 5), right = mix(S, 6);
    constexpr int K = static_cast<int>(mix(S, 7) % 3), less = Depth - 1, fewer = Products - 1;
    auto const& leaf = x.planes[mix(S, 8) % 2 * 9 + R * 3 + C];
    if constexpr (kind == 0) return view(leaf);
    else if constexpr (kind < 4) return unary<S>(plane<left, less, Products, R, C>(x));
    else if constexpr (kind < 7)
        return binary<S>(plane<left, less, Products, R, C>(x), plane<right, less, Products, R, C>(x));
    else if constexpr (kind == 7) return binary<S>(plane<left, less, Products, R, C>(x), line<right, less, C>(x));
    else if constexpr (kind == 8)
        return binary<S>(plane<left, less, Products, R, C>(x), expand<1>(line<right, less, R>(x)));
    else if constexpr (kind < 12 && Products > 0)
        return plane<left, less, fewer, R, K>(x) * plane<right, less, fewer, K, C>(x) / 4;
    else if constexpr (kind == 12 && Products > 0)
        return plane<left, less, fewer, R, K>(x) * transpose(plane<right, less, fewer, C, K>(x));
    else if constexpr (kind == 13 && Products > 0)
        return sum(unary<S>(binary<S>(expand<1>(plane<left, less, 0, R, K>(x)),
                                      expand<0>(plane<right, less, 0, C, K>(x)))), axis<2>);
    else if constexpr (kind == 14) return softmax(plane<left, less, Products, R, C>(x));
    else if constexpr (kind == 15) return softmax(plane<left, less, Products, R, C>(x), axis<0>);
    else if constexpr (kind == 16)
        return log_softmax(plane<left, less, Products, R, C>(x), axis<static_cast<int>(mix(S, 9) % 2)>);
    else if constexpr (kind == 17) {
        auto const y = plane<left, less, Products, R, C>(x);
        return y - reduction<S, static_cast<int>(mix(S, 9) % 2)>(y, keep);
    } else if constexpr (kind == 18) return rms_norm(plane<left, less, Products, R, C>(x), x.lines[C], 0.1);
    else if constexpr (kind == 19)
        return layer_norm(plane<left, less, Products, R, C>(x), x.lines[C], x.lines[C + 3], 0.1);
    else return transpose(plane<left, less, Products, C, R>(x));
}

/// A vector with extent N of the context.
template <std::uint64_t S, int Depth, int N, class T>
auto line(context<T> const& x) {
    constexpr auto kind = Depth == 0 ? 0 : 1 + mix(S, 10) % 8;
    constexpr std::uint64_t left = mix(S, 11), right = mix(S, 12);
    constexpr int K = static_cast<int>(mix(S, 13) % 3), less = Depth - 1;
    if constexpr (kind == 0) return view(x.lines[mix(S, 14) % 2 * 3 + N]);
    else if constexpr (kind == 1) return unary<S>(line<left, less, N>(x));
    else if constexpr (kind == 2) return binary<S>(line<left, less, N>(x), line<right, less, N>(x));
    else if constexpr (kind < 5) return reduction<S, 1>(plane<left, less, 1, N, K>(x));
    else if constexpr (kind == 5) return reduction<S, 0>(plane<left, less, 1, K, N>(x));
    else if constexpr (kind == 6) return plane<left, less, 1, N, K>(x) * line<right, less, K>(x);
    else if constexpr (kind == 7) return line<right, less, K>(x) * plane<left, less, 1, K, N>(x);
    else return softmax(line<left, less, N>(x));
}

struct tally {
    double share = 0;       ///< sum of the shares of elements whose bound says something
    int evaluations = 0, refused = 0;
};

/// A formula that would need a whole intermediate is refused at compile time; that must be the exception.
template <class E, class Out>
void try_one(char const* name, E const& e, Out&& out, tally& t) {
    if constexpr (decltype(sinter::plan(e))::fused) {
        verify(name, e, out, by_condition);
        t.share += share_of_bounded(oracle::evaluate(program_of(e)));
        ++t.evaluations;
    } else {
        ++t.refused;
    }
}

inline constexpr size extents[] = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 40, 65};

template <std::uint64_t S, int Depth, class T>
void try_formula(generator& g, tally& t, int shapes) {
    std::string const name = "random formula " + std::to_string(S) + ", depth " + std::to_string(Depth);
    for (int i = 0; i < shapes; ++i) {
        std::array<size, 3> n;
        for (size& e : n) e = extents[g.below(std::size(extents))];
        context<T> const x(g, n);
        if constexpr (S % 4 == 3) try_one(name.c_str(), line<S, Depth, 0>(x), vector<T>(n[0]), t);
        else if constexpr (S % 8 == 5) try_one(name.c_str(), sum(plane<S, Depth, 2, 0, 1>(x)), tensor<T>(), t);
        else try_one(name.c_str(), plane<S, Depth, 2, 0, 1>(x), matrix<T>(n[0], n[1]), t);
    }
}

/// Formulas First … First + sizeof...(I) − 1, each over several shapes; every fifth in double.
template <std::uint64_t First, int Depth, std::uint64_t... I>
void try_formulas(std::integer_sequence<std::uint64_t, I...>, int shapes) {
    generator g(seed() + First);
    tally t;
    (try_formula<First + I, Depth, std::conditional_t<I % 5 == 4, double, float>>(g, t, shapes), ...);
    std::printf("SINTER_SEED=%llu: %d evaluations, %d refused\n", static_cast<unsigned long long>(seed()), t.evaluations,
                t.refused);
    // Neither may the bounds be so wide that anything passes, nor may nothing be left.
    BOOST_CHECK_GT(t.share, 0.6 * t.evaluations);
    BOOST_CHECK_GT(t.evaluations, Depth < 4 ? 2 * t.refused : t.refused / 2);
}

}  // namespace sinter::test::by_chance
