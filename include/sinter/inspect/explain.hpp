// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/explainer.hpp>
#include <sinter/inspect/plan.hpp>

#include <string>

namespace sinter {

namespace captured {
inline namespace SINTER_SIMD_ARCH {

template <class E>
std::string explained(inquiry<E> const& q, ir::program_ref const& program, std::string_view const* names, int count) {
    ir::explanation x(program, names, count);
    x.lanes = lower::kernel<E>::lanes;
    x.mixed_tiles = lower::kernel<E>::one_row && lower::kernel<E>::vectors > 1;
    x.total = q.total;
    if constexpr (!is_together<E>) x.stored = q.stored;
    x.temporaries = count_materialize<E>;
    x.workspace_is_static = evaluation_plan<E>::workspace_is_static;
    return x.text();
}

/// Several results: the program that makes those which share a pass, then each of the others.
template <class R, int... I>
std::string explained_together(R const& e, std::string_view const* names, int count, std::integer_sequence<int, I...>) {
    std::string text;
    bool shared = false;
    if constexpr (sharing<R>::any) {
        inquiry<R> const q(e);
        shared = q.shared;
        constexpr bool guesses = ir::detail::common_formula<R>.g.count > 0 && count_materialize<R> == 0;
        if (shared) {
            text = explained<R>(q, ir::ref(lower::kernel<R>::program, ir::formula_of<R>, q.extents), names, count);
            if (guesses) text += "This needs that what is spelled alike is the same tensor, which is so here.\n";
        } else {
            text = "If what is spelled alike were the same tensor, results would share a pass. It is not so here: each is evaluated on "
                   "its own.\n";
        }
    }
    int before = 0;
    auto const alone = [&]<int J>() {
        using E = result_t<R, J>;
        if (!shared || !sharing<R>::has(J)) {
            inquiry<E> const q(results_of<R>::template get<J>(e));
            int const skip = before < count ? before : count;
            text += "\nResult " + std::to_string(J + 1) + ", on its own\n" + explained<E>(q, q.program(), names + skip, count - skip);
        }
        for (int s = 0; !results_of<R>::has_arguments && s < ir::formula_of<E>.operands; ++s)
            before += ir::formula_of<E>.operand[s].rank > 0;
    };
    (alone.template operator()<I>(), ...);
    return text;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace captured

inline namespace SINTER_SIMD_ARCH {

/// How a formula is evaluated at the extents of its operands, as text for people: what it computes, the loops, what is
/// kept in which, and why. `names` are those of the tensors in the order in which they occur; without them they are called
/// A, B, C, …
/// Example: `std::cout << explain(softmax(Q * transpose(K)) * V, "Q", "K", "V");`
template <class E, class... Names>
    requires((operand_like<E> || is_together<E>) && (std::is_convertible_v<Names const&, std::string_view> && ...))
std::string explain(E const& e, Names const&... names) {
    if constexpr (!evaluable<E>) return explain(capture(e), names...);
    else if constexpr (is_valid<E>) {
        std::string_view const called[] = {names..., std::string_view{}};
        constexpr int count = static_cast<int>(sizeof...(Names));
        if constexpr (is_together<E>) {
            return captured::explained_together(e, called, count, std::make_integer_sequence<int, captured::results_of<E>::count>{});
        } else {
            captured::inquiry<E> const q(e);
            return captured::explained<E>(q, q.program(), called, count);
        }
    } else {
        (void)ir::check<E>::value;
        return {};
    }
}

template <class V, class P, class... Names>
std::string explain(top_pair<V, P> const& pair, Names const&... names) { return explain(together(pair), names...); }

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter
