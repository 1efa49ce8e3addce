// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/dot_text.hpp>
#include <sinter/inspect/plan.hpp>

#include <string>

namespace sinter {
inline namespace SINTER_SIMD_ARCH {

/// A formula as it was written and as it is evaluated, one colour for each pass, as text for Graphviz: `dot -Tsvg`.
/// `names` as for `explain`. Of several results, those that share a pass are one graph, the others have one each.
template <class E, class... Names>
    requires((operand_like<E> || is_together<E>) && (std::is_convertible_v<Names const&, std::string_view> && ...))
std::string to_dot(E const& e, Names const&... names) {
    if constexpr (!evaluable<E>) return to_dot(capture(e), names...);
    else if constexpr (is_valid<E>) {
        std::string_view const called[] = {names..., std::string_view{}};
        constexpr int count = static_cast<int>(sizeof...(Names));
        auto const drawn = [&]<class F>(captured::inquiry<F> const& q) {
            return ir::drawing(ir::ref(lower::kernel<F>::program, ir::formula_of<F>, q.extents), called, count).text();
        };
        if constexpr (is_together<E>) {
            std::string text;
            bool const shared = captured::are_shared(e);
            if constexpr (captured::sharing<E>::any)
                if (shared) text = drawn(captured::inquiry<E>(e));
            auto const alone = [&]<int I>() {
                if (!shared || !captured::sharing<E>::has(I))
                    text += drawn(captured::inquiry<captured::result_t<E, I>>(captured::results_of<E>::template get<I>(e)));
            };
            [&]<int... I>(std::integer_sequence<int, I...>) {
                (alone.template operator()<I>(), ...);
            }(std::make_integer_sequence<int, captured::results_of<E>::count>{});
            return text;
        } else {
            return drawn(captured::inquiry<E>(e));
        }
    } else {
        (void)ir::check<E>::value;
        return {};
    }
}

template <class V, class P, class... Names>
std::string to_dot(top_pair<V, P> const& pair, Names const&... names) { return to_dot(together(pair), names...); }

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter
