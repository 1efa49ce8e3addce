// SPDX-License-Identifier: BSL-1.0
// Where types meet the edges of what kernels take for granted: integers without infinity, lanes that do not exist, results
// of different types in one pass. The oracle is a plain loop.
#include <sinter/sinter.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <complex>
#include <cstdint>
#include <functional>
#include <limits>
#include <type_traits>
#include <vector>

namespace sinter::test {
namespace {

using complex = std::complex<float>;
using rational = boost::multiprecision::cpp_rational;

/// The K largest of each row of negative numbers: 0 is larger than any, and must not be among them.
template <class T, int K>
void largest_of_negatives(std::size_t rows, std::size_t n) {
    matrix<T> x(rows, n), top(rows, std::size_t{K});
    matrix<std::int64_t> at(rows, std::size_t{K});
    std::uint32_t seed = 7;
    for (auto& v : x) v = static_cast<T>(-1 - static_cast<int>((seed = seed * 1664525u + 1013904223u) >> 25));
    tie(top, at) = topk<K>(x, axis<-1>);
    matrix<T> const down = eval(transpose(x)), top_down = eval(topk<K>(down, axis<0>).values);
    for (std::size_t r = 0; r < rows; ++r) {
        std::vector<T> row(x.data() + r * n, x.data() + (r + 1) * n);
        std::sort(row.begin(), row.end(), std::greater<T>());
        for (std::size_t k = 0; k < K; ++k) {
            BOOST_TEST(top(r, k) == row[k]);
            BOOST_TEST(top_down(k, r) == row[k]);
            BOOST_TEST((at(r, k) < static_cast<std::int64_t>(n) && x(r, static_cast<std::size_t>(at(r, k))) == row[k]));
        }
    }
}

BOOST_AUTO_TEST_CASE(largest_of_negative_integers) {
    vector<int> const three{-3, -1, -2};
    BOOST_TEST((eval(topk<2>(three).values) == vector<int>{-1, -2}));
    for (std::size_t n : {3, 8, 9, 17, 40}) {
        largest_of_negatives<std::int32_t, 3>(5, n);
        largest_of_negatives<std::int64_t, 2>(3, n);
    }
    vector<std::int64_t> const lowest{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min()};
    BOOST_TEST((eval(topk<2>(lowest).values) == lowest));
}

}  // namespace
}  // namespace sinter::test
