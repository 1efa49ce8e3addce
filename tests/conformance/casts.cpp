// SPDX-License-Identifier: BSL-1.0
#include "elementwise.hpp"

namespace conformance {
namespace {

using namespace sinter;

constexpr auto truth = types<bool>{};

template <class T, class U>
void convert(array const& x, array& out) { assign(flat<U>(out), cast<U>(flat<T>(x))); }

dtype type_of_code(std::int64_t code) {
    for (std::size_t i = 0; i < dtype_table.size(); ++i)
        if (dtype_table[i].onnx == code) return static_cast<dtype>(i);
    throw not_applicable("cast to the element type with code " + std::to_string(code));
}

results range_of(call const& c) {
    if (c.in(0).type != dtype::i64) throw not_applicable("a range of other numbers than int64");
    std::int64_t const begin = number_of(c.in(0)), end = number_of(c.in(1)), step = number_of(c.in(2));
    std::int64_t const n = std::max<std::int64_t>(0, (end - begin + step - (step > 0 ? 1 : -1)) / step);
    array out = array_of<std::int64_t>({static_cast<std::size_t>(n)});
    assign(flat<std::int64_t>(out), begin + step * coord<0> + 0 * flat<std::int64_t>(out));
    return {out};
}

}  // namespace

array converted(array const& x, dtype to) {
    if (x.type == to) return x;
    if (is_narrow(x.type) && to != dtype::f32) return converted(converted(x, dtype::f32), to);      // widening is exact
    // Integers go by double, in which those that are not too large for half are exact.
    if (is_narrow(to) && x.type < dtype::f16) return converted(converted(x, dtype::f64), to);
    array out(to, x.shape);
    if (is_narrow(x.type)) {
        dispatch(halves, x.type, [&]<class T>(std::type_identity<T>) { convert<T, float>(x, out); });
        return out;
    }
    auto const from_any = floats + integers + truth;
    dispatch(from_any, x.type, [&]<class T>(std::type_identity<T>) {
        // Between integers only to those that are usual: sizes, indices.
        constexpr auto targets = [] {
            if constexpr (std::is_floating_point_v<T>) return floats + halves + integers + truth;
            else return floats + usual_integers + truth;
        }();
        dispatch(targets, to, [&]<class U>(std::type_identity<U>) { convert<T, U>(x, out); });
    });
    return out;
}

array as_int64(array const& x) { return converted(x, dtype::i64); }

void add_casts(operators& all) {
    all.add("Cast", [](call const& c) -> results { return {converted(c.in(0), type_of_code(c.integer("to")))}; },
            {dtype::f16, dtype::bf16});
    all.add("Range", range_of);
}

}  // namespace conformance
