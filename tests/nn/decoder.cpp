// SPDX-License-Identifier: BSL-1.0
// A layer of a decoder against plain loops, and that no row depends on later ones.
#include "nn/reference.hpp"

namespace sinter::test {
namespace {

using table = matrix<float>;

rows expected(rows const& x, rows const& memory, nn::decoder_layer_weights<float> const& w) {
    rows const y = residual(x, w.norm_1, w.order, [&](rows const& z) { return heads(z, z, w.self_attention, true); });
    rows const z = residual(y, w.norm_2, w.order, [&](rows const& v) { return heads(v, memory, w.cross_attention, false); });
    return residual(z, w.norm_3, w.order, [&](rows const& v) { return two_lines(v, w.feed_forward); });
}

BOOST_AUTO_TEST_CASE(against_loops) {
    generator g(seed());
    weights random(g);
    size const width = 24, other = 16;
    nn::decoder_workspace<float> room(33, 65, width, 40);
    for (auto order : {nn::norm_order::post, nn::norm_order::pre}) {
        nn::decoder_layer_weights<float> const w{random.heads(width, width, 3), random.norm(width), random.heads(width, other, 4), random.norm(width),
                                                 random.lines(width, 40), random.norm(width), order};
        for (auto [n, m] : {std::array<size, 2>{1, 1}, {2, 5}, {17, 7}, {33, 65}}) {
            table x = make<table>(g, -1, 1, n, width), y(n, width);
            table const memory = make<table>(g, -1, 1, m, other);
            poison(y);
            nn::decoder_layer(y, x, memory, w, room);
            agree("layer", y, expected(rows(x), rows(memory), w), 1e-4);
            table again = x;
            allocation_count const used = allocations_of([&] { nn::decoder_layer(again, again, memory, w, room); });
            BOOST_CHECK_EQUAL(used.calls, 0u);
            BOOST_CHECK(again == y);                    // in place
            for (size j = 0; j < width; ++j) x(n - 1, j) = 7;
            nn::decoder_layer(again, x, memory, w, room);
            for (size i = 0; i + 1 < n; ++i)
                for (size j = 0; j < width; ++j) BOOST_CHECK_EQUAL(again(i, j), y(i, j));
        }
    }
}

}  // namespace
}  // namespace sinter::test
