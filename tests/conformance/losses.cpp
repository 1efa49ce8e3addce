// SPDX-License-Identifier: BSL-1.0
// Losses of classes: x (N, C, …) against classes (N, …), with a weight for each class.
#include "formula.hpp"
#include "operators.hpp"

#include <algorithm>

namespace conformance {
namespace {

using namespace sinter;

/// What a loss is computed from, as (sample, class, rest).
struct loss {
    shape_t shape;          // (N, C, D)
    array classes;          // (N, D)
    shape_t result;         // of one number for each sample and rest
    std::int64_t ignored;   // −1 where nothing is: no class has that number
};

loss understand(call const& c) {
    array const& x = c.in(0);
    std::size_t const n = x.shape.at(0), k = x.shape.at(1);
    return {{n, k, extent_of(x.shape, 2, x.rank())}, as_int64(c.in(1)), c.in(1).shape, c.integer("ignore_index", -1)};
}

/// The sum over samples becomes their mean; the same formula for both losses.
template <class T, class Hit, class W>
void divide_by_weights(array& total, Hit const& hit, W const& w) {
    view<T> const o(total.data<T>());
    assign(o, o / sum(where(hit, w, 0)));
}

/// Minus the weighted log probability of each sample's class, none where it is ignored; then their sum or mean.
/// `logs` makes log probabilities of x.
template <class T, class F>
array reduced_loss(call const& c, loss const& l, F logs) {
    auto const n = l.shape[0], d = l.shape[2];
    auto const x = view_as<3>(c.in(0).data<T>(), l.shape, row_major(l.shape));
    array const one = array_of<T>({1}, std::vector<T>{T(1)});
    auto const w = view_as<3>((c.given(2) ? c.in(2) : one).template data<T>(), l.shape, {0, c.given(2) ? 1 : 0, 0});
    auto const t = view_as<3>(l.classes.data<std::int64_t>(), l.shape, {static_cast<std::ptrdiff_t>(d), 0, 1});
    auto const hit = equal(coord<1>, t) && not_equal(t, l.ignored);
    auto const each = where(hit, logs(x) % w, 0);           // (n,c,d)
    auto const& how = c.has("reduction") ? c.string("reduction") : "mean";
    array out = array_of<T>(how == "none" ? l.result : shape_t());
    if (how == "none") assign(view<T, dyn, dyn>(out.data<T>(), n, d), -sum(each, axis<1>));
    else if (how == "sum" || how == "mean") assign(view<T>(out.data<T>()), -sum(each));
    else throw not_applicable("reduction " + how);
    if (how == "mean") divide_by_weights<T>(out, hit, w);
    return out;
}

results negative_log_likelihood(call const& c) {
    auto const l = understand(c);
    results out;
    dispatch(floats, c.in(0).type, [&]<class T>(std::type_identity<T>) {
        out = {reduced_loss<T>(c, l, [](auto x) { return x; })};
    });
    return out;
}

results softmax_cross_entropy(call const& c) {
    auto const l = understand(c);
    results out;
    dispatch(floats, c.in(0).type, [&]<class T>(std::type_identity<T>) {
        out = {reduced_loss<T>(c, l, [](auto x) { return log_softmax(x, axis<1>); })};
        if (!c.wants(1)) return;
        array logs(c.in(0).type, c.in(0).shape);
        assign(view_as<3>(logs.data<T>(), l.shape, row_major(l.shape)),
               log_softmax(view_as<3>(c.in(0).data<T>(), l.shape, row_major(l.shape)), axis<1>));
        out.emplace_back(logs);
    });
    return out;
}

}  // namespace

void add_losses(operators& all) {
    all.add("NegativeLogLikelihoodLoss", negative_log_likelihood);
    all.add("SoftmaxCrossEntropyLoss", softmax_cross_entropy);
}

}  // namespace conformance
