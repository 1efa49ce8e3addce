// SPDX-License-Identifier: BSL-1.0
// A layer of an encoder against plain loops; its workspace; batches.
#include "nn/reference.hpp"

namespace sinter::test {
namespace {

using table = matrix<float>;

nn::encoder_layer_weights<float> layer(weights& random, size width, size hidden, size heads, nn::norm_order order) {
    return {random.heads(width, width, heads), random.norm(width), random.lines(width, hidden), random.norm(width), order};
}

rows expected(rows const& x, nn::encoder_layer_weights<float> const& w, bool causal = false) {
    rows const y = residual(x, w.norm_1, w.order, [&](rows const& z) { return heads(z, z, w.attention, causal); });
    return residual(y, w.norm_2, w.order, [&](rows const& z) { return two_lines(z, w.feed_forward); });
}

BOOST_AUTO_TEST_CASE(against_loops) {
    generator g(seed());
    weights random(g);
    nn::encoder_workspace<float> room(65, 24, 40);
    for (auto order : {nn::norm_order::post, nn::norm_order::pre}) {
        auto const w = layer(random, 24, 40, 3, order);
        for (size n : {0, 1, 2, 5, 16, 17, 33, 65}) {
            table const x = make<table>(g, -1, 1, n, 24);
            table y(n, 24);
            poison(y);
            nn::encoder_layer(y, x, w, room);
            agree("layer", y, expected(rows(x), w), 1e-4);
            table again = x;
            allocation_count const used = allocations_of([&] { nn::encoder_layer(again, again, w, room); });
            BOOST_CHECK_EQUAL(used.calls, 0u);
            BOOST_CHECK(again == y);                    // in place
        }
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    generator g(seed());
    weights random(g);
    auto const w = layer(random, 24, 40, 3, nn::norm_order::post);
    table const x = make<table>(g, -1, 1, 9, 24);
    table y(9, 24), narrow(9, 23);
    nn::encoder_workspace<float> small(8, 24, 40), room(9, 24, 40);
    BOOST_CHECK_THROW(nn::encoder_layer(y, x, w, small), shape_error);
    BOOST_CHECK_THROW(nn::encoder_layer(narrow, x, w, room), shape_error);
    BOOST_CHECK_THROW(nn::encoder_layer(y, narrow, w, room), shape_error);
    BOOST_CHECK(y == table(9, 24));
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
