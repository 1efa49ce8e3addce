// SPDX-License-Identifier: BSL-1.0
// A layer of an encoder against plain loops; its workspace; batches.
#include "nn/reference.hpp"

namespace sinter::test {
namespace {

template <class T>
using table = matrix<T>;

template <class T, nn::norm_order Order>
nn::encoder_layer_weights<T, Order> layer(weights<T>& random, size width, size hidden, size heads) {
    return {random.heads(width, width, heads), random.norm(width), random.lines(width, hidden), random.norm(width)};
}

template <class T, nn::norm_order Order>
rows expected(rows const& x, nn::encoder_layer_weights<T, Order> const& w) {
    rows const y = residual(x, w.norm_1, Order, [&](rows const& z) { return heads(z, z, w.attention, false); });
    return residual(y, w.norm_2, Order, [&](rows const& z) { return two_lines(z, w.feed_forward); });
}

template <class T, nn::norm_order Order>
void against_loops() {
    generator g(seed());
    weights<T> random(g);
    nn::encoder_workspace<T> room(65, 24, 40);
    auto const w = layer<T, Order>(random, 24, 40, 3);
    for (size n : {0, 1, 2, 5, 16, 17, 32, 33, 65}) {
        table<T> const x = make<table<T>>(g, -1, 1, n, 24);
        table<T> y(n, 24);
        poison(y);
        nn::encoder_layer(y, x, w, room);
        agree("layer", y, expected(rows(x), w), near_layer<T>);
        table<T> again = x;
        allocation_count const used = allocations_of([&] { nn::encoder_layer(again, again, w, room); });
        BOOST_CHECK_EQUAL(used.calls, 0u);
        BOOST_CHECK(again == y);                    // in place
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(norms_behind, T, real_types) { against_loops<T, nn::norm_order::post>(); }
BOOST_AUTO_TEST_CASE_TEMPLATE(norms_in_front, T, real_types) { against_loops<T, nn::norm_order::pre>(); }

/// Heads of other widths than the model's, wider and narrower.
BOOST_AUTO_TEST_CASE(widths_of_heads) {
    generator g(seed());
    weights<float> random(g);
    nn::encoder_layer_weights<float> const w{random.heads(15, 15, 9, 21, 3), random.norm(15), random.lines(15, 29), random.norm(15)};
    auto const x = make<table<float>>(g, -1, 1, 17, 15);
    table<float> y(17, 15);
    nn::encoder_workspace<float> room(17, 15, 29, 9, 21), narrow(17, 15, 29);
    BOOST_CHECK_THROW(nn::encoder_layer(y, x, w, narrow), shape_error);
    nn::encoder_layer(y, x, w, room);
    agree("widths", y, expected(rows(x), w), near_layer<float>);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    generator g(seed());
    weights<float> random(g);
    auto const w = layer<float, nn::norm_order::post>(random, 24, 40, 3);
    table<float> const x = make<table<float>>(g, -1, 1, 9, 24);
    table<float> y(9, 24), narrow(9, 23);
    nn::encoder_workspace<float> small(8, 24, 40), room(9, 24, 40);
    BOOST_CHECK_THROW(nn::encoder_layer(y, x, w, small), shape_error);
    BOOST_CHECK_THROW(nn::encoder_layer(narrow, x, w, room), shape_error);
    BOOST_CHECK_THROW(nn::encoder_layer(y, narrow, w, room), shape_error);
    BOOST_CHECK(y == table<float>(9, 24));
    auto odd = w;
    odd.attention.heads = 5;
    BOOST_CHECK_THROW(nn::encoder_layer(y, x, odd, room), shape_error);
}

/// What the layer evaluates at once, with nothing stored: a product with the norm behind it, and both products with it.
BOOST_AUTO_TEST_CASE(passes) {
    using part = view<float, dyn, dyn> const&;
    using matrix = nn::weight_matrix<float> const&;
    using vector = nn::weight_vector<float> const&;
    using norm = nn::norm_weights<float> const&;
    auto const one = [](part x, part y, matrix w, vector b, norm n) { return nn::normed(x + nn::linear(y, w, b), n); };
    auto const both = [](part x, part y, matrix w, vector b, norm n) {
        return nn::normed(x + nn::feed_forward(y, w, b, w, b, nn::gelu_activation), n);
    };
    using plan_of_one = decltype(plan(one(std::declval<part>(), std::declval<part>(), std::declval<matrix>(), std::declval<vector>(), std::declval<norm>())));
    using plan_of_both = decltype(plan(both(std::declval<part>(), std::declval<part>(), std::declval<matrix>(), std::declval<vector>(), std::declval<norm>())));
    static_assert(plan_of_one::temporaries == 0 && plan_of_one::passes == 3);       // the product; the mean; the variance
    static_assert(plan_of_both::temporaries == 0 && plan_of_both::passes == 3);
}

}  // namespace
}  // namespace sinter::test
