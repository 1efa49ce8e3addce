// SPDX-License-Identifier: BSL-1.0
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <type_traits>

// Element types of results.
namespace {

using namespace sinter;
using ir::dtype;

template <class T>
vector<T>& v() {
    static vector<T> x;
    return x;
}
template <class E> using type_of = typename value_type_of<E>::type;

#define IS(type, ...) static_assert(std::is_same_v<type_of<decltype(__VA_ARGS__)>, type>)

// numbers take the type of the tensor they meet
IS(float, v<float>() / 3.0);
IS(float, 2 * v<float>());
IS(std::int8_t, v<std::int8_t>() + 1L);
IS(double, v<int>() * 0.5);
IS(float, v<int>() * 0.5f);
IS(int, v<bool>() + 1);
IS(float, where(v<float>() < 0.1, 0, v<float>()));
IS(float, clamp(v<float>(), 0, 1.0));
IS(float, v<float>() + coord<0> * 0.5);
IS(float, layer_norm(v<float>(), 1.0, 0));
IS(float, max(v<float>(), 1e-3L));
IS(float, fn([](auto x, auto s) { return x * s; })(v<float>(), 2.0));
// tensors promote each other
IS(double, v<float>() + v<double>());
IS(float, v<int>() + v<float>());
IS(double, where(v<bool>(), v<float>(), v<double>()));
// what is no integer
IS(double, sqrt(v<int>()));
IS(float, exp(v<float>()));
IS(double, v<int>() / v<int>());
IS(double, mean(v<int>()));
IS(float, mean(v<float>()));
IS(double, sigmoid(v<int>()));
IS(int, relu(v<int>()));
IS(int, square(v<int>()));
IS(double, softmax(v<int>()));
// masks, counts, places
IS(bool, v<float>() < 1);
IS(bool, !v<bool>() && v<bool>());
IS(bool, equal(v<int>(), 3));
IS(std::int64_t, sum(v<bool>()));
IS(std::int64_t, sum(v<int>()));
IS(std::int64_t, argmax(v<float>()));
IS(bool, any(v<float>() > 0));
IS(bool, all(v<float>()));
IS(float, amax(v<float>()));
IS(std::uint8_t, cast<std::uint8_t>(v<float>()));
IS(std::int64_t, fn([](auto x) { return argmin(x); })(v<float>()));
IS(float, map([](auto x) { return x + x; }, v<float>()));
IS(bool, map([](auto x, auto y) { return x < y; }, v<float>(), 1.0f));

}  // namespace

BOOST_AUTO_TEST_CASE(numbers_become_the_type_of_the_tensor) {
    vector<float> x(3);
    auto const e = x < 0.1;         // 0.1 as a float, or x == 0.1f would be "less"
    BOOST_TEST(e.b.value == 0.1f);
    static_assert(std::is_same_v<decltype(e.b.value), float>);
}
