// SPDX-License-Identifier: BSL-1.0
// Numbers and coordinates beside integers: none becomes another one.
#include "support/exact.hpp"

#include <stdexcept>
#include <string>

namespace sinter::test {
namespace {

template <class F>
std::string refused(F f) {
    try {
        f();
    } catch (std::out_of_range const& e) {
        return e.what();
    }
    return {};
}

BOOST_AUTO_TEST_CASE(numbers_outside_are_refused) {
    vector<std::int8_t> s{100, -100}, o{1, 2};
    vector<std::uint8_t> u{200, 1};
    vector<std::int32_t> i{1000000, 2};
    vector<std::uint64_t> w{1, 2};
    BOOST_TEST(refused([&] { o = s + 300; }) ==
               "the number 300 stands beside a tensor whose elements are integers of 8 bits, and is none of them; "
               "cast<std::int64_t>(x) makes the tensor's elements larger");
    BOOST_TEST((o == vector<std::int8_t>{1, 2}));
    BOOST_TEST(refused([&] { (void)eval(s < 300); }) != "");
    BOOST_TEST(refused([&] { (void)eval(clamp(s, -200, 200)); }) != "");
    BOOST_TEST(refused([&] { (void)eval(equal(s, 356)); }) != "");
    BOOST_TEST(refused([&] { (void)eval(where(s > 0, s, 128)); }) != "");
    BOOST_TEST(refused([&] { (void)eval(max(i, 10000000000)); }) != "");
    BOOST_TEST(refused([&] { (void)eval(i * 3000000000u); }) != "");
    BOOST_TEST(refused([&] { (void)eval(w > -1); }) != "");
    BOOST_TEST(refused([&] { (void)eval(u > -1); }) ==
               "the number -1 stands beside a tensor whose elements are integers of 8 bits without sign, and is none of them; "
               "cast<std::int64_t>(x) makes the tensor's elements larger");
}

BOOST_AUTO_TEST_CASE(numbers_inside_are_not) {
    vector<std::int8_t> s{100, -100};
    vector<std::uint8_t> u{200, 1};
    vector<std::uint64_t> w{~std::uint64_t{0}, 1};
    vector<bool> b{true, false};
    BOOST_TEST((eval(s <= 127) == vector<bool>{true, true}));
    BOOST_TEST((eval(s >= -128) == vector<bool>{true, true}));
    BOOST_TEST((eval(equal(u, 255u)) == vector<bool>{false, false}));
    BOOST_TEST((eval(equal(w, ~std::uint64_t{0})) == vector<bool>{true, false}));
    BOOST_TEST((eval(cast<std::int32_t>(s) < 300) == vector<bool>{true, true}));
    BOOST_TEST((eval(b * 300) == vector<std::int32_t>{300, 0}));
    BOOST_TEST((eval(s * 300.0) == vector<double>{30000, -30000}));
    BOOST_TEST((eval(s + true) == vector<std::int8_t>{101, -99}));
}

BOOST_AUTO_TEST_CASE(coordinates_do_not_wrap_around) {
    matrix<std::int8_t> lengths{{3}, {100}, {-1}}, x(3, 300);
    for (auto& v : x) v = 1;
    auto const inside = [&](auto i, auto j) { return static_cast<int>(j) < lengths(i, 0); };
    exact("a mask", matrix<bool>(3, 300), coord<1> + 0 * x < lengths, inside);
    exact("a masked tensor", matrix<std::int8_t>(3, 300), where(coord<1> < lengths, x, 0), [&](auto i, auto j) { return inside(i, j); });
    exact("of what is computed", matrix<std::int8_t>(3, 300), where(coord<1> + 1 <= lengths, x, 0), [&](auto i, auto j) { return inside(i, j); });
    exact("the smaller", matrix<std::int8_t>(3, 300), min(coord<1>, lengths + 0 * x),
          [&](auto i, auto j) { return static_cast<int>(j) < lengths(i, 0) ? static_cast<int>(j) : lengths(i, 0); });
    static_assert(std::is_same_v<value_type_of<decltype(x + coord<1>)>::type, std::int8_t>);
}

}  // namespace
}  // namespace sinter::test
