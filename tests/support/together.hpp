// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "types.hpp"

namespace sinter::test {

/// Evaluates twice: no heap memory the second time.
template <class Tie, class R>
void assign_twice(Tie const& to, R const& all, char const* what) {
    to = all;
    allocation_count const used = allocations_of([&] { to = all; });
    BOOST_CHECK_MESSAGE(used.calls == 0, what << ": " << used.calls << " allocations");
}

using places = tensor<std::int64_t, dyn, dyn>;

/// The K largest of x: values and places in one pass.
template <int K, int I, class X>
void verify_top(char const* what, X const& x, size rows, size columns, closeness close) {
    auto const [values, indices] = topk<K>(x, axis<I>);
    matrix<float> v(rows, columns);
    places p(rows, columns);
    poison(v), poison(p);
    assign_twice(tie(v, p), topk<K>(x, axis<I>), what);
    check(values, v, close, what);
    check(indices, p, close, what);
}

}  // namespace sinter::test
