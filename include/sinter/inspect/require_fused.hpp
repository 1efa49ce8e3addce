// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/together.hpp>
#include <sinter/capture/top.hpp>
#include <sinter/core/message.hpp>
#include <sinter/inspect/infix.hpp>

#include <cstddef>

/// The refusal of formulas that would have to store an intermediate whole: one error, with the node in it.
namespace sinter {
namespace detail {

/// A text that a template can take, so that the compiler writes it out.
template <std::size_t N>
struct text {
    char at[N + 1] = {};
};

template <class K>
constexpr message intermediate_of() {
    message m;
    if constexpr (K::program.whole_intermediate >= 0)
        ir::infix<message>{m, ir::ref(K::program, K::formula)}.definition(K::program.whole_intermediate);
    return m;
}

#if defined(__clang__) && __clang_major__ < 19
/// Older compilers write the characters of a text as numbers, those of a pack as characters.
template <char... Node>
struct whole_intermediate {
    static constexpr bool can_be_streamed = sizeof...(Node) == 0;
};
template <class K, std::size_t... I>
constexpr auto named_intermediate(std::index_sequence<I...>) {
    constexpr message m = intermediate_of<K>();
    return whole_intermediate<m.text()[I]...>{};
}
template <class K>
using intermediate = decltype(named_intermediate<K>(std::make_index_sequence<intermediate_of<K>().size()>{}));
#else
template <text Node>
struct whole_intermediate {
    static constexpr bool can_be_streamed = Node.at[0] == 0;
};
template <class K>
constexpr auto text_of_intermediate() {
    constexpr message m = intermediate_of<K>();
    text<m.size()> t;
    for (std::size_t i = 0; i < m.size(); ++i) t.at[i] = m.text()[i];
    return t;
}
template <class K>
using intermediate = whole_intermediate<text_of_intermediate<K>()>;
#endif

/// One for each node, and a class: so the compiler says it once.
template <class Node>
struct refuse {
    static_assert(Node::can_be_streamed,
                  "sinter: this formula needs a whole intermediate, the one named here: all its elements are read again for "
                  "every part of the result. Write materialize(...) around it");
    static constexpr bool value = Node::can_be_streamed;
};

/// Whether nothing has to be stored whole, and an error that names the node where something has.
template <class K>
inline constexpr bool can_be_fused = refuse<intermediate<K>>::value;

/// The same for each of several results.
template <class R>
constexpr void require_each_fused() {
    [&]<int... I>(std::integer_sequence<int, I...>) {
        ((void)can_be_fused<lower::kernel<captured::result_t<R, I>>>, ...);
    }(std::make_integer_sequence<int, captured::results_of<R>::count>{});
}

}  // namespace detail

/// The formula itself. Where it cannot be evaluated without storing an intermediate as large as its operands, the program
/// does not compile, and the error names the intermediate. What is marked with `materialize` is stored on request.
template <class E>
    requires(operand_like<E> || is_together<E>)
constexpr E require_fused(E&& e) {
    if constexpr (evaluable<E>) (void)ir::check<std::remove_cvref_t<E>>::value;
    if constexpr (is_together<E> && is_valid<E>) detail::require_each_fused<std::remove_cvref_t<E>>();
    if constexpr (expression<E> && is_valid<E>) (void)detail::can_be_fused<lower::kernel<std::remove_cvref_t<E>>>;
    return static_cast<E&&>(e);
}

template <class V, class P>
constexpr top_pair<V, P> require_fused(top_pair<V, P> pair) {
    (void)require_fused(together(pair));
    return pair;
}

}  // namespace sinter
