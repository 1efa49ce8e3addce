// SPDX-License-Identifier: BSL-1.0
// A layer of a decoder against plain loops, and that no row depends on later ones.
#include "nn/reference.hpp"

namespace sinter::test {
namespace {

template <class T>
using table = matrix<T>;

template <class T, nn::norm_order Order>
rows expected(rows const& x, rows const& memory, nn::decoder_layer_weights<T, Order> const& w) {
    rows const y = residual(x, w.norm_1, Order, [&](rows const& z) { return heads(z, z, w.self_attention, true); });
    rows const z = residual(y, w.norm_2, Order, [&](rows const& v) { return heads(v, memory, w.cross_attention, false); });
    return residual(z, w.norm_3, Order, [&](rows const& v) { return two_lines(v, w.feed_forward); });
}

template <class T, nn::norm_order Order>
void against_loops() {
    generator g(seed());
    weights<T> random(g);
    size const width = 24, other = 16;
    nn::decoder_workspace<T> room(33, 65, width, 40);
    nn::decoder_layer_weights<T, Order> const w{random.heads(width, width, 3), random.norm(width), random.heads(width, other, 4),
                                                    random.norm(width), random.lines(width, 40), random.norm(width)};
    for (auto [n, m] : {std::array<size, 2>{1, 1}, {2, 5}, {17, 7}, {33, 65}}) {
        table<T> x = make<table<T>>(g, -1, 1, n, width), y(n, width);
        table<T> const memory = make<table<T>>(g, -1, 1, m, other);
        poison(y);
        nn::decoder_layer(y, x, memory, w, room);
        agree("layer", y, expected(rows(x), rows(memory), w), near_layer<T>);
        table<T> again = x;
        allocation_count const used = allocations_of([&] { nn::decoder_layer(again, again, memory, w, room); });
        BOOST_CHECK_EQUAL(used.calls, 0u);
        BOOST_CHECK(again == y);                    // in place
        for (size j = 0; j < width; ++j) x(n - 1, j) = 7;
        nn::decoder_layer(again, x, memory, w, room);
        for (size i = 0; i + 1 < n; ++i)
            for (size j = 0; j < width; ++j) BOOST_CHECK_EQUAL(again(i, j), y(i, j));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(norms_behind, T, real_types) { against_loops<T, nn::norm_order::post>(); }
BOOST_AUTO_TEST_CASE_TEMPLATE(norms_in_front, T, real_types) { against_loops<T, nn::norm_order::pre>(); }

/// Heads of other widths than the model's, another in each attention.
BOOST_AUTO_TEST_CASE(widths_of_heads) {
    generator g(seed());
    weights<float> random(g);
    nn::decoder_layer_weights<float> const w{random.heads(15, 15, 9, 21, 3), random.norm(15), random.heads(15, 13, 15, 6, 3),
                                             random.norm(15),                random.lines(15, 29), random.norm(15)};
    auto const x = make<table<float>>(g, -1, 1, 7, 15), memory = make<table<float>>(g, -1, 1, 11, 13);
    table<float> y(7, 15);
    nn::decoder_workspace<float> room(7, 11, 15, 29, 15, 21), narrow(7, 11, 15, 29);
    BOOST_CHECK_THROW(nn::decoder_layer(y, x, memory, w, narrow), shape_error);
    nn::decoder_layer(y, x, memory, w, room);
    agree("widths", y, expected(rows(x), rows(memory), w), near_layer<float>);
}

}  // namespace
}  // namespace sinter::test
