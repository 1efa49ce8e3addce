// SPDX-License-Identifier: BSL-1.0
// What depends on the order of elements along an axis: places of extremes, the largest k, running sums.
#include "along.hpp"

namespace conformance {
namespace {

using namespace sinter;

constexpr auto ordered = floats + usual_integers + types<std::int8_t, std::uint8_t, std::uint32_t, std::uint64_t>{};

/// The first place of an extreme; the last is that of the reversed array, counted from the other end.
template <class F>
results place_of(call const& c, F place) {
    array const& x = c.in(0);
    std::size_t const a = axis_from_front(c.integer("axis", 0), x.rank());
    bool const last = c.flag("select_last_index");
    auto const v = along(x.shape, a, last);
    shape_t shape = x.shape;
    shape[a] = 1;
    array out(dtype::i64, shape);
    sinter::view<std::int64_t, dyn, dyn> const o(out.data<std::int64_t>(), v.before, v.after);
    auto const end = static_cast<std::int64_t>(v.n) - 1;
    dispatch(ordered, x.type, [&]<class T>(std::type_identity<T>) {
        assign(o, place(v.read<T>(x)));
    });
    if (last) assign(o, end - o);
    if (!c.integer("keepdims", 1)) shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(a));
    return {reshaped(out, shape)};
}

/// How many elements come before each one in the order that is asked for.  (b,n,a,1), (b,1,a,n) → (b,n,a)
template <class T>
void count_before(array& rank, array const& x, along_axis const& v, bool largest) {
    auto const each = v.in_place<T>(x), other = v.behind<T>(x, v.n);
    auto const &more = largest ? other : each, &less = largest ? each : other;
    auto const before = more > less || (equal(more, less) && coord<3> < coord<1>);
    assign(v.write<std::int64_t>(rank), sum(cast<std::int64_t>(before), axis<3>));
}

/// Place i gets the one element that i others come before.  (b,1,a,n) → (b,k,a)
results top_k(call const& c) {
    array const& x = c.in(0);
    std::size_t const a = axis_from_front(c.integer("axis", -1), x.rank());
    std::size_t const k = static_cast<std::size_t>(number_of(c.in(1)));
    auto const v = along(x.shape, a);
    shape_t shape = x.shape;
    shape[a] = k;
    array rank(dtype::i64, x.shape), values(x.type, shape), places(dtype::i64, shape);
    auto const to = along(shape, a);
    dispatch(ordered, x.type, [&]<class T>(std::type_identity<T>) {
        count_before<T>(rank, x, v, c.integer("largest", 1) != 0);
        auto const here = equal(v.behind<std::int64_t>(rank, k), coord<1>);
        assign(to.write<T>(values), sum(where(here, v.behind<T>(x, k), T(0)), axis<3>));
    });
    auto const here = equal(v.behind<std::int64_t>(rank, k), coord<1>);
    assign(to.write<std::int64_t>(places), sum(where(here, coord<3>, std::int64_t(0)), axis<3>));
    return {values, places};
}

/// The sum of the elements up to each one, the element itself included or not.  (b,1,a,n) → (b,n,a)
results running_sum(call const& c) {
    array const& x = c.in(0);
    auto const v = along(x.shape, axis_from_front(number_of(c.in(1)), x.rank()), c.flag("reverse"));
    std::int64_t const without = c.flag("exclusive") ? 1 : 0;
    array out(x.type, x.shape);
    dispatch(floats + usual_integers + types<std::uint32_t, std::uint64_t>{}, x.type, [&]<class T>(std::type_identity<T>) {
        assign(v.write<T>(out), sum(where(coord<3> + without <= coord<1>, v.behind<T>(x, v.n), T(0)), axis<3>));
    });
    return {out};
}

}  // namespace

void add_order(operators& all) {
    all.add("ArgMax", [](call const& c) { return place_of(c, [](auto x) { return argmax(x, axis<1>); }); });
    all.add("ArgMin", [](call const& c) { return place_of(c, [](auto x) { return argmin(x, axis<1>); }); });
    all.add("TopK", top_k);
    all.add("CumSum", running_sum);
}

}  // namespace conformance
