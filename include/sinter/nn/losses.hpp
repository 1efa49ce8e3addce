// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>

#include <cstddef>

/// Losses: x is what a model says, y what is right; the value is a mean, of rank 0. PyTorch's definitions, named as in
/// torch.nn.functional, without `_loss`. Where x or y stands more than once they are arguments of a `fn`: one operand, read once.
namespace sinter::nn {

/// mean (x − y)²
template <array_like X, array_like Y>
constexpr auto mse(X&& x, Y&& y) { return mean(square(static_cast<X&&>(x) - static_cast<Y&&>(y))); }

/// mean |x − y|
template <array_like X, array_like Y>
constexpr auto l1(X&& x, Y&& y) { return mean(abs(static_cast<X&&>(x) - static_cast<Y&&>(y))); }

/// mean of z²/2 where z = |x − y| ≤ δ, else δ(z − δ/2)
template <array_like X, array_like Y>
constexpr auto huber(X&& x, Y&& y, double delta = 1) {
    return fn([delta](auto a, auto b) {
        auto z = abs(a - b);
        return mean(where(z <= delta, square(z) / 2, (z - delta / 2) * delta));
    })(static_cast<X&&>(x), static_cast<Y&&>(y));
}

/// mean of z²/(2β) where z = |x − y| < β, else z − β/2
template <array_like X, array_like Y>
constexpr auto smooth_l1(X&& x, Y&& y, double beta = 1) {
    return fn([beta](auto a, auto b) {
        auto z = abs(a - b);
        return mean(where(z < beta, square(z) / (2 * beta), z - beta / 2));
    })(static_cast<X&&>(x), static_cast<Y&&>(y));
}

// ---- classes ----------------------------------------------------------------------------------------------------------

namespace detail {
/// x(…,t(…)) by comparison with the coordinate, in the sweep that reads x anyway; 0 where t is no class.
inline constexpr auto picked = [](auto x, auto t) { return sum(where(equal(coord<-1>, expand<-1>(t)), x, 0), axis<-1>); };

/// x in the shape of x and y together, both branches being x. An extent of 1 that is known at run time only may broadcast, so
/// sums over x's own axis and over that of x and y do not share a sweep; over the same axis they do.
inline constexpr auto along_with = [](auto x, auto y) { return where(equal(x, y), x, x); };
}  // namespace detail

/// log Σ eˣ − x(t), for each row. t are class numbers.  (…,c), (…) → (…)
template <array_like X, array_like T>
    requires(rank_of<T> + 1 == rank_of<X>)
constexpr auto cross_entropy_of_rows(X&& x, T&& t) {
    return fn([](auto a, auto b) { return logsumexp(a, axis<-1>) - detail::picked(a, b); })(static_cast<X&&>(x), static_cast<T&&>(t));
}
/// Σ p·(log Σ eˣ − x) as (log Σ eˣ)(Σ p) − Σ px, for each row, in the sweep of logsumexp. p are probabilities; where one is 0,
/// x may be −∞.  (…,c), (…,c) → (…)
template <array_like X, array_like P>
    requires(rank_of<P> == rank_of<X>)
constexpr auto cross_entropy_of_rows(X&& x, P&& p) {
    return fn([](auto a, auto b) {
        auto const logits = detail::along_with(a, b);
        auto const parts = detail::along_with(b, a);
        return logsumexp(logits, axis<-1>) % sum(parts, axis<-1>) - sum(where(equal(parts, 0), 0, parts % logits), axis<-1>);
    })(static_cast<X&&>(x), static_cast<P&&>(p));
}

/// mean over rows of −log softmax(x) at the right class: y are class numbers (…) or probabilities (…,c). x are logits.
template <array_like X, array_like Y>
constexpr auto cross_entropy(X&& x, Y&& y) { return mean(cross_entropy_of_rows(static_cast<X&&>(x), static_cast<Y&&>(y))); }

/// −mean x(t): x are logarithms of probabilities, t class numbers.  (…,c), (…) → ()
template <array_like X, array_like T>
    requires(rank_of<T> + 1 == rank_of<X>)
constexpr auto nll(X&& x, T&& t) {
    return fn([](auto a, auto b) { return -mean(detail::picked(a, b)); })(static_cast<X&&>(x), static_cast<T&&>(t));
}

/// mean over rows of Σ y·(log y − x): x are logarithms of probabilities, y probabilities. (PyTorch's `batchmean`.)
template <array_like X, array_like Y>
constexpr auto kl_div(X&& x, Y&& y) {
    return fn([](auto a, auto b) { return mean(sum(where(b > 0, b % (log(b) - a), 0), axis<-1>)); })(static_cast<X&&>(x),
                                                                                                    static_cast<Y&&>(y));
}

// ---- yes and no -------------------------------------------------------------------------------------------------------

/// −mean(y log x + (1 − y) log(1 − x)): x are probabilities. Logarithms below −100 count as −100.
template <array_like X, array_like Y>
constexpr auto binary_cross_entropy(X&& x, Y&& y) {
    return fn([](auto a, auto b) { return -mean(b % max(log(a), -100) + (1 - b) % max(log1p(-a), -100)); })(static_cast<X&&>(x),
                                                                                                       static_cast<Y&&>(y));
}

/// The same for logits, without overflow: mean(max(x, 0) − xy + log(1 + e^(−|x|)))
template <array_like X, array_like Y>
constexpr auto binary_cross_entropy_with_logits(X&& x, Y&& y) {
    return fn([](auto a, auto b) { return mean(relu(a) - a % b + log1p(exp(-abs(a)))); })(static_cast<X&&>(x), static_cast<Y&&>(y));
}

// ---- margins: y is 1 or −1 ----------------------------------------------------------------------------------------------

/// mean max(0, margin − xy)
template <array_like X, array_like Y>
constexpr auto hinge(X&& x, Y&& y, double margin = 1) { return mean(relu(margin - static_cast<X&&>(x) % static_cast<Y&&>(y))); }

/// mean of x where y = 1, else max(0, margin − x)
template <array_like X, array_like Y>
constexpr auto hinge_embedding(X&& x, Y&& y, double margin = 1) {
    return fn([margin](auto a, auto b) { return mean(where(equal(b, 1), a, relu(margin - a))); })(static_cast<X&&>(x), static_cast<Y&&>(y));
}

/// mean log(1 + e^(−xy))
template <array_like X, array_like Y>
constexpr auto soft_margin(X&& x, Y&& y) { return mean(softplus(-(static_cast<X&&>(x) % static_cast<Y&&>(y)))); }

/// mean max(0, margin − y(a − b)): y says which of the two should be larger
template <array_like A, array_like B, array_like Y>
constexpr auto margin_ranking(A&& a, B&& b, Y&& y, double margin = 0) {
    return mean(relu(margin - static_cast<Y&&>(y) % (static_cast<A&&>(a) - static_cast<B&&>(b))));
}

/// mean over rows of 1 − cos(a, b) where y = 1, else max(0, cos(a, b) − margin).  (…,k), (…,k), (…) → ()
template <array_like A, array_like B, array_like Y>
constexpr auto cosine_embedding(A&& a, B&& b, Y&& y, double margin = 0) {
    return fn([margin](auto p, auto q, auto s) {
        auto c = cosine_similarity(p, q);
        return mean(where(equal(s, 1), 1 - c, relu(c - margin)));
    })(static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Y&&>(y));
}

// ---- distributions ----------------------------------------------------------------------------------------------------

/// mean(eˣ − xy): x is the logarithm of the expected count
template <array_like X, array_like Y>
constexpr auto poisson_nll(X&& x, Y&& y) {
    return fn([](auto a, auto b) { return mean(exp(a) - a % b); })(static_cast<X&&>(x), static_cast<Y&&>(y));
}

/// mean (log v + (x − y)²/v)/2, v = max(variance, eps)
template <array_like X, array_like Y, array_like V>
constexpr auto gaussian_nll(X&& x, Y&& y, V&& variance, double eps = 1e-6) {
    return fn([](auto a, auto b, auto c, auto least) {
        auto v = max(c, least);
        return mean(log(v) + square(a - b) / v) / 2;
    })(static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<V&&>(variance), eps);
}

}  // namespace sinter::nn
