// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/print.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view_of.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <sstream>
#include <string>

using sinter::dyn;
using sinter::matrix;
using sinter::tensor;
using sinter::vector;

namespace {
template <class X>
std::string printed(X const& x) {
    std::ostringstream out;
    out << x;
    return out.str();
}
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
}  // namespace

// The expected texts are what NumPy 2 prints.
BOOST_AUTO_TEST_SUITE(tensor_print)

BOOST_AUTO_TEST_CASE(floating_point) {
    BOOST_TEST(printed(matrix<float>{{1, 2}, {3, 4}}) == "[[1. 2.]\n [3. 4.]]");
    BOOST_TEST(printed(vector<float>{1, -2.5, 100}) == "[  1.   -2.5 100. ]");
    BOOST_TEST(printed(vector<double>{1 / 3., 2 / 3., 100.5}) == "[  0.33333333   0.66666667 100.5       ]");
    BOOST_TEST(printed(vector<float>{1 / 3.f, 2 / 3.f, 100.5}) == "[  0.33333334   0.6666667  100.5       ]");
    BOOST_TEST(printed(vector<float>{0}) == "[0.]");
    BOOST_TEST(printed(vector<double>{-0.0, 0.1}) == "[-0.   0.1]");
}

BOOST_AUTO_TEST_CASE(exponents) {
    BOOST_TEST(printed(vector<double>{1e10, 1, -2.5}) == "[ 1.0e+10  1.0e+00 -2.5e+00]");
    BOOST_TEST(printed(vector<double>{1e-5}) == "[1.e-05]");
    BOOST_TEST(printed(vector<double>{1e100, 1}) == "[1.e+100 1.e+000]");
    BOOST_TEST(printed(vector<float>{1e6f, 6.854807e8f}) == "[1.000000e+06 6.854807e+08]");
    BOOST_TEST(printed(vector<float>{6.854807e8f, 1.57019955e9f}) == "[6.8548070e+08 1.5701996e+09]");
    BOOST_TEST(printed(vector<double>{1, 1000}) == "[   1. 1000.]");
    BOOST_TEST(printed(vector<double>{1, 1001}) == "[1.000e+00 1.001e+03]");
}

BOOST_AUTO_TEST_CASE(not_finite) {
    BOOST_TEST(printed(vector<double>{not_a_number, 1}) == "[nan  1.]");
    BOOST_TEST(printed(vector<double>{-inf, 1, 2.5}) == "[-inf  1.   2.5]");
    BOOST_TEST(printed(vector<double>{not_a_number, inf}) == "[nan inf]");
}

BOOST_AUTO_TEST_CASE(integers_and_masks) {
    BOOST_TEST(printed(matrix<int>{{1, -20}, {300, 4}}) == "[[  1 -20]\n [300   4]]");
    BOOST_TEST(printed(vector<bool>{true, false}) == "[ True False]");
    BOOST_TEST(printed(vector<bool>{true}) == "[ True]");
    BOOST_TEST(printed(vector<std::uint8_t>{65, 7}) == "[65  7]");
}

BOOST_AUTO_TEST_CASE(ranks) {
    BOOST_TEST(printed(tensor<float>(2.5f)) == "2.5");
    BOOST_TEST(printed(tensor<double>(2)) == "2.0");
    BOOST_TEST(printed(tensor<int>(2)) == "2");
    BOOST_TEST(printed(tensor<double>(1e-5)) == "1e-05");
    BOOST_TEST(printed(tensor<double>(1e6)) == "1000000.0");
    BOOST_TEST(printed(tensor<float>(1e6f)) == "1e+06");
    BOOST_TEST(printed(tensor<float>(123456.7f)) == "123456.7");
    BOOST_TEST(printed(matrix<float>(2, 0)) == "[]");
    BOOST_TEST(printed(tensor<int, 2, 1, 2>{{{1, 2}}, {{3, 4}}}) == "[[[1 2]]\n\n [[3 4]]]");
}

BOOST_AUTO_TEST_CASE(strided) {
    vector<int> v{1, 2, 3, 4};
    BOOST_TEST(printed(sinter::view_of(v.data(), {2, 2}, {1, 2})) == "[[1 3]\n [2 4]]");
}

BOOST_AUTO_TEST_CASE(long_rows_wrap) {
    vector<int> v(30);
    for (int i = 0; i < 30; ++i) v(i) = i;
    BOOST_TEST(printed(v) ==
               "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n"
               " 24 25 26 27 28 29]");
}

BOOST_AUTO_TEST_CASE(large_ones_are_summarised) {
    vector<int> v(1001);
    for (int i = 0; i < 1001; ++i) v(i) = i;
    BOOST_TEST(printed(v) == "[   0    1    2 ...  998  999 1000]");
    matrix<int> m(100, 11);
    m(50, 5) = 12345;  // not shown, so it doesn't widen
    BOOST_TEST(printed(m) ==
               "[[0 0 0 ... 0 0 0]\n [0 0 0 ... 0 0 0]\n [0 0 0 ... 0 0 0]\n ...\n"
               " [0 0 0 ... 0 0 0]\n [0 0 0 ... 0 0 0]\n [0 0 0 ... 0 0 0]]");
}

BOOST_AUTO_TEST_SUITE_END()
