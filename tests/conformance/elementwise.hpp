// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "formula.hpp"
#include "operators.hpp"

namespace conformance {

/// f(x, call), where f makes a formula of a vector.
template <class Types, class F>
results map_one(call const& c, Types types, F f) {
    array const& x = c.in(0);
    array out(x.type, x.shape);
    dispatch(types, x.type, [&]<class T>(std::type_identity<T>) {
        sinter::assign(flat<T>(out), f(flat<T>(x), c));
    });
    return {out};
}

template <class Types, class F>
void add_one(operators& all, char const* name, Types types, F f) {
    all.add(name, [=](call const& c) { return map_one(c, types, f); });
}

/// f(a, b) of two arrays that broadcast.
template <class Types, class F>
array map_two(array const& a, array const& b, Types types, F f) {
    if (a.type != b.type) throw not_applicable("operands of two element types");
    array out(a.type, broadcast({a.shape, b.shape}));
    dispatch(types, a.type, [&]<class T>(std::type_identity<T>) {
        evaluate<3>(out.shape, f, write<T>(out), read<T>(a, out.shape), read<T>(b, out.shape));
    });
    return out;
}

template <class Types, class F>
void add_two(operators& all, char const* name, Types types, F f) {
    all.add(name, [=](call const& c) -> results { return {map_two(c.in(0), c.in(1), types, f)}; });
}

/// f(f(a, b), c)… of any number of arrays.
template <class Types, class F>
array fold(call const& c, Types types, F f) {
    array out = c.in(0);
    for (std::size_t i = 1; i < c.inputs.size(); ++i) out = map_two(out, c.in(i), types, f);
    return out;
}

}  // namespace conformance
