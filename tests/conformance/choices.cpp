// SPDX-License-Identifier: BSL-1.0
#include "elementwise.hpp"

#include <limits>

namespace conformance {
namespace {

using namespace sinter;

/// Of integers, the power as an integer: what is one but for rounding becomes that one, the rest is cut off.
template <class T, class A, class B>
auto whole_power(A const& a, B const& b) {
    auto const p = pow(a, b);
    auto const near = round(p);
    return cast<T>(where(abs(p - near) <= 1e-9 * abs(p), near, p));
}

/// x as doubles, which hold every exponent that matters.
array as_doubles(array const& x) {
    array out(dtype::f64, x.shape);
    dispatch(floats + usual_integers + types<std::uint32_t, std::uint64_t>{}, x.type, [&]<class T>(std::type_identity<T>) {
        assign(flat<double>(out), cast<double>(flat<T>(x)));
    });
    return out;
}

/// The bases keep their type; exponents may have another: then they are doubles first, so that there is one formula for each base.
results power(call const& c) {
    array const& base = c.in(0);
    bool const alike = base.type == c.in(1).type && base.type == dtype::f32;
    array const exponent = alike ? c.in(1) : as_doubles(c.in(1));
    array out(base.type, broadcast({base.shape, exponent.shape}));
    dispatch(floats + usual_integers, base.type, [&]<class T>(std::type_identity<T>) {
        auto const f = [](auto a, auto b) {
            if constexpr (std::is_integral_v<T>) return whole_power<T>(a, b);
            else return cast<T>(pow(a, b));
        };
        auto const with = [&]<class U>(std::type_identity<U>) {
            evaluate<3>(out.shape, f, write<T>(out), read<T>(base, out.shape), read<U>(exponent, out.shape));
        };
        if constexpr (std::is_same_v<T, float>)
            if (alike) return with(std::type_identity<float>{});
        with(std::type_identity<double>{});
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
