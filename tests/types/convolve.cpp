// SPDX-License-Identifier: BSL-1.0
// Convolutions have the element types of x * w, and those of integers are exact: compared with plain loops.
#include "support/exact.hpp"
#include "support/random.hpp"

#include <cstdint>
#include <type_traits>

namespace sinter::test {
namespace {

using i8 = std::int8_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using i64 = std::int64_t;
using u8 = std::uint8_t;

template <class E> using type_of = typename value_type_of<E>::type;
template <class T> using image = tensor<T, dyn, dyn>;
template <class T> using kernels = tensor<T, dyn, dyn, dyn>;

template <class X, class W>
constexpr bool is_typed_as_a_product() {
    using R = type_of<decltype(matrix<X>() * matrix<W>())>;
    using plain = decltype(convolve<1>(image<X>(), kernels<W>()));
    using grouped = decltype(convolve<1>(image<X>(), kernels<W>(), groups(2)));
    using turned = decltype(convolve_transposed<1>(image<X>(), kernels<W>()));
    using turned_groups = decltype(convolve_transposed<1>(image<X>(), kernels<W>(), groups(2)));
    using volumes = decltype(convolve<3>(tensor<X, dyn, dyn, dyn, dyn, dyn>(), tensor<W, dyn, dyn, dyn, dyn, dyn>()));
    return std::is_same_v<type_of<plain>, R> && std::is_same_v<type_of<grouped>, R> && std::is_same_v<type_of<turned>, R> &&
           std::is_same_v<type_of<turned_groups>, R> && std::is_same_v<type_of<volumes>, R>;
}
static_assert(std::is_same_v<type_of<decltype(convolve<1>(image<i8>(), kernels<i8>()))>, i32>);
static_assert(is_typed_as_a_product<i8, i8>() && is_typed_as_a_product<u8, i8>() && is_typed_as_a_product<i16, i8>());
static_assert(is_typed_as_a_product<i32, i32>() && is_typed_as_a_product<i64, i8>() && is_typed_as_a_product<bool, bool>());
static_assert(is_typed_as_a_product<float, float>() && is_typed_as_a_product<half, half>() && is_typed_as_a_product<half, float>());
static_assert(is_typed_as_a_product<i8, float>() && is_typed_as_a_product<float, double>());

template <class X>
void fill_bits(X& x, generator& g) {
    for (auto& v : x) v = static_cast<std::remove_reference_t<decltype(v)>>(g());
}

template <class X, class W>
void compare() {
    generator g(seed());
    using R = type_of<decltype(matrix<X>() * matrix<W>())>;
    for (std::size_t n : {3, 7, 16, 33, 70}) {
        image<X> x(4, n);
        kernels<W> w(6, 4, 3), parts(6, 2, 3), turned(4, 3, 3);
        fill_bits(x, g), fill_bits(w, g), fill_bits(parts, g), fill_bits(turned, g);
        auto const term = [&](std::size_t c, std::size_t j, std::size_t k, i64 by) {
            return j + k < 1 || j + k > n ? i64(0) : i64(x(c, j + k - 1)) * by;
        };
        exact("convolve", image<R>(6, n), convolve<1>(x, w, padding(1)), [&](std::size_t o, std::size_t j) {
            i64 sum = 0;
            for (std::size_t c = 0; c < 4; ++c)
                for (std::size_t k = 0; k < 3; ++k) sum += term(c, j, k, w(o, c, k));
            return sum;
        });
        exact("in groups", image<R>(6, n), convolve<1>(x, parts, padding(1), groups(2)), [&](std::size_t o, std::size_t j) {
            i64 sum = 0;
            for (std::size_t c = 0; c < 2; ++c)
                for (std::size_t k = 0; k < 3; ++k) sum += term(o / 3 * 2 + c, j, k, parts(o, c, k));
            return sum;
        });
        exact("transposed", image<R>(3, n), convolve_transposed<1>(x, turned, padding(1)), [&](std::size_t o, std::size_t j) {
            i64 sum = 0;
            for (std::size_t c = 0; c < 4; ++c)
                for (std::size_t k = 0; k < 3; ++k) sum += term(c, j, 2 - k, turned(c, o, k));
            return sum;
        });
    }
}

BOOST_AUTO_TEST_CASE(of_8_bits) {
    compare<i8, i8>();
    compare<u8, i8>();
}
BOOST_AUTO_TEST_CASE(of_16_bits) { compare<i16, i8>(); }
BOOST_AUTO_TEST_CASE(of_64_bits) { compare<i32, i64>(); }

}  // namespace
}  // namespace sinter::test
