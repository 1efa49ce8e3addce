// SPDX-License-Identifier: BSL-1.0
// Convolutions that are refused: with a text that names them, before anything is written.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using image = tensor<float, dyn, dyn, dyn>;
using images = tensor<float, dyn, dyn, dyn, dyn>;

/// o = make() raises a shape_error with this text, and o is as it was.
template <class O, class F>
void refused(std::string const& text, O o, F make) {
    for (float& v : o) v = 7;
    BOOST_CHECK_EXCEPTION(o = make(), shape_error, [&](shape_error const& e) {
        BOOST_TEST(e.what() == text);
        return e.what() == text;
    });
    for (float const v : o) BOOST_TEST(v == 7);
}

BOOST_AUTO_TEST_CASE(channels) {
    image const one(1, 5, 5), three(3, 5, 5);
    auto const rule = std::string("the channels of w times the groups must be those of x ");
    refused("convolve: shapes (1,5,5) and (2,3,3,3): " + rule + "(3 * 1 vs 1)", image(2, 3, 3), [&] { return convolve<2>(one, images(2, 3, 3, 3)); });
    refused("convolve: shapes (3,5,5) and (2,1,3,3): " + rule + "(1 * 1 vs 3)", image(2, 3, 3), [&] { return convolve<2>(three, images(2, 1, 3, 3)); });
    refused("convolve: shapes (3,5,5) and (2,4,3,3): " + rule + "(4 * 1 vs 3)", image(2, 3, 3), [&] { return convolve<2>(three, images(2, 4, 3, 3)); });
    refused("convolve: shapes (3,5,5) and (2,1,3,3): " + rule + "(1 * 2 vs 3)", image(2, 3, 3),
            [&] { return convolve<2>(exp(three), images(2, 1, 3, 3), groups(2)); });
    refused("convolve: shapes (1,5) and (4,2,3,3): " + rule + "(3 * 1 vs 1)", image(4, 2, 3),
            [&] { return convolve<1>(matrix<float>(1, 5), images(4, 2, 3, 3)); });
    tensor<float, dyn, dyn, dyn, dyn, dyn> const volumes(1, 3, 4, 4, 4), kernel(2, 1, 3, 3, 3);
    refused("convolve: shapes (1,3,4,4,4) and (2,1,3,3,3): " + rule + "(1 * 1 vs 3)", tensor<float, dyn, dyn, dyn, dyn, dyn>(1, 2, 2, 2, 2),
            [&] { return convolve<3>(volumes, kernel); });
}

BOOST_AUTO_TEST_CASE(channels_of_the_transpose) {
    image const one(1, 3, 3), three(3, 3, 3);
    auto const rule = std::string("the first extent of w must be the channels of x ");
    refused("convolve_transposed: shapes (3,3,3) and (1,2,3,3): " + rule + "(1 vs 3)", image(2, 5, 5),
            [&] { return convolve_transposed<2>(three, images(1, 2, 3, 3)); });
    refused("convolve_transposed: shapes (1,3,3) and (3,2,3,3): " + rule + "(3 vs 1)", image(2, 5, 5),
            [&] { return convolve_transposed<2>(one, images(3, 2, 3, 3)); });
    refused("convolve_transposed: shapes (1,3,3) and (3,2,3,3): " + rule + "(3 vs 1)", image(6, 5, 5),
            [&] { return convolve_transposed<2>(one, images(3, 2, 3, 3), groups(3)); });
}

BOOST_AUTO_TEST_CASE(other_shapes) {
    refused("convolve: shapes (2,3,5,5) and (4,2,3,3,3): extents of one axis must be equal, or one of them 1 (2 vs 4)", images(4, 2, 3, 3),
            [&] { return convolve<2>(images(2, 3, 5, 5), tensor<float, dyn, dyn, dyn, dyn, dyn>(4, 2, 3, 3, 3)); });
    refused("convolve: shapes (3,5,5) and (2,3,7,3): a window spans 7 elements, but axis 1 has 5 with those before and after it", image(2, 3, 3),
            [&] { return convolve<2>(image(3, 5, 5), images(2, 3, 7, 3)); });
}

BOOST_AUTO_TEST_CASE(numbers) {
    image const x(4, 5, 5), out(2, 3, 3);
    images const w(2, 4, 3, 3);
    auto const start = std::string("convolve: shapes (4,5,5) and (2,4,3,3): ");
    refused(start + "stride must be at least 1 (-1)", out, [&] { return convolve<2>(x, w, stride(-1)); });
    refused(start + "stride must be at least 1 (0)", out, [&] { return convolve<2>(x, w, stride(1, 0)); });
    refused(start + "dilation must be at least 1 (0)", out, [&] { return convolve<2>(x, w, dilation(0)); });
    refused(start + "padding must be at least 0 (-1)", out, [&] { return convolve<2>(x, w, padding(-1)); });
    refused(start + "padding behind must be at least 0 (-2)", out, [&] { return convolve<2>(x, w, padding_after(-2)); });
    refused("convolve_transposed: shapes (4,5,5) and (4,2,3,3): output_padding must be at least 0 (-1)", out,
            [&] { return convolve_transposed<2>(x, images(4, 2, 3, 3), output_padding(-1)); });
    refused("convolve: there must be at least 1 group (-1)", out, [&] { return convolve<2>(x, w, groups(-1)); });
    refused("convolve: there must be at least 1 group (0)", out, [&] { return convolve<2>(x, w, groups(0)); });
    refused("convolve: 2 output channels are no whole number for each of 4 groups", out, [&] { return convolve<2>(x, w, groups(4)); });
    refused("convolve_transposed: 4 input channels are no whole number for each of 3 groups", out,
            [&] { return convolve_transposed<2>(x, images(4, 2, 3, 3), groups(3)); });
}

BOOST_AUTO_TEST_CASE(numbers_elsewhere) {
    matrix<float> const a(3, 4), out(3, 4);
    refused("repeat: shape (3,4): count must be at least 0 (-1)", out, [&] { return repeat<0>(a, -1); });
    refused("repeat: shape (3,4): count must be at least 0 (-1)", out, [&] { return repeat<0>(a + 1, -1) % 2; });
    refused("slice: shape (3,4): range(3, 1) ends before it begins", out, [&] { return slice(a, range(3, 1)); });
    refused("slice: shape (3,4): range(2, 1) ends before it begins", out, [&] { return slice(a, range(-1, -2)); });
    refused("slice: shape (3,4): a number of rows or columns must be at least 0 (-1)", out, [&] { return rows(a, 2, -1); });
    refused("slice: shape (3,4): a number of rows or columns must be at least 0 (-3)", out, [&] { return cols(a, 0, -3); });
    refused("windows: shape (3,4): size must be at least 1 (-2)", tensor<float, dyn, dyn, dyn>(3, 4, 1), [&] { return windows<0>(a, -2); });
    refused("windows: shape (3,4): padding must be at least 0 (-1)", out, [&] { return pad<0>(a, -1, 0); });
    BOOST_TEST((eval(repeat<0>(a, 0)).extent(0) == 0 && eval(slice(a, range(1, 1))).extent(0) == 0 && eval(rows(a, 2, 0)).extent(0) == 0));
}

}  // namespace
}  // namespace sinter::test
