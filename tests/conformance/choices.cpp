// SPDX-License-Identifier: BSL-1.0
#include "elementwise.hpp"

#include <limits>

namespace conformance {
namespace {

using namespace sinter;

/// Of integers, the power as an integer: what is one but for rounding becomes that one, the rest is cut off.
template <class T, class A, class B>
auto whole_power(A const& a, B const& b) {
    auto const p = pow(a, b), near = round(p);
    return cast<T>(where(abs(p - near) <= 1e-9 * abs(p), near, p));
}

/// The bases keep their type; exponents may have another.
results power(call const& c) {
    array const &base = c.in(0), &exponent = c.in(1);
    array out(base.type, broadcast({base.shape, exponent.shape}));
    dispatch(floats + usual_integers, base.type, [&]<class T>(std::type_identity<T>) {
        dispatch(floats + usual_integers + types<std::uint32_t, std::uint64_t>{}, exponent.type, [&]<class U>(std::type_identity<U>) {
            auto const f = [](auto a, auto b) {
                if constexpr (std::is_integral_v<T>) return whole_power<T>(a, b);
                else return cast<T>(pow(a, b));
            };
            evaluate<3>(out.shape, f, write<T>(out), read<T>(base, out.shape), read<U>(exponent, out.shape));
        });
    });
    return {out};
}

/// A bound of Clip, or the limit of the type where it is not given.
template <class T>
T bound_of_clip(call const& c, std::size_t slot, T otherwise) {
    if (!c.given(slot)) return otherwise;
    if (c.in(slot).size() != 1) throw bad_case("Clip: a bound is no scalar");
    return *c.in(slot).data<T>();
}

results clip(call const& c) {
    array const& x = c.in(0);
    array out(x.type, x.shape);
    dispatch(numbers, x.type, [&]<class T>(std::type_identity<T>) {
        using limits = std::numeric_limits<T>;
        T const least = limits::has_infinity ? T(-limits::infinity()) : limits::lowest();
        T const most = limits::has_infinity ? limits::infinity() : limits::max();
        assign(flat<T>(out), clamp(flat<T>(x), bound_of_clip<T>(c, 1, least), bound_of_clip<T>(c, 2, most)));
    });
    return {out};
}

results choose(call const& c) {
    array const &mask = c.in(0), &a = c.in(1), &b = c.in(2);
    if (a.type != b.type) throw not_applicable("operands of two element types");
    array out(a.type, broadcast({mask.shape, a.shape, b.shape}));
    dispatch(numbers + types<bool>{}, a.type, [&]<class T>(std::type_identity<T>) {
        evaluate<3>(out.shape, [](auto m, auto x, auto y) { return where(m, x, y); }, write<T>(out),
                    read<bool>(mask, out.shape), read<T>(a, out.shape), read<T>(b, out.shape));
    });
    return {out};
}

}  // namespace

void add_choices(operators& all) {
    all.add("Pow", power);
    all.add("Clip", clip);
    all.add("Where", choose);
}

}  // namespace conformance
