// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/prepare.hpp>
#include <sinter/capture/shape.hpp>

/// Extents of a formula with stored intermediates, known before they are stored.
namespace sinter {
namespace captured {

/// A formula inside functions: how it becomes one that can be evaluated on its own.
struct alone {
    template <class X> using of = X;
};
template <class Outer, class... Args>
struct inside_call {
    template <class X> using of = typename Outer::template of<call<X, Args...>>;
};

/// Lists the extents of an expression's operands by slot without evaluating what `materialize` stores. Calls
/// `stored.operator()<E>(slots, extents)` for each stored formula E.
template <class Bind, class Stored>
struct slot_lister {
    ir::slot_extents const* around;   ///< the slots of the calls around
    int around_size;
    ir::slot_extents* out;
    bool* is_stored;                  ///< beside `out`: what `materialize` makes
    Stored const& stored;
    int size = 0;

    template <class X> constexpr void tensor(X const& x) {
        for (std::size_t i = 0; i < x.rank(); ++i) out[size].extent[i] = x.extent(i);
        ++size;
    }
    template <class X> constexpr void list(borrowed<X> const& e) { tensor(*e.tensor); }
    template <class X> constexpr void list(owned<X> const& e) { tensor(e.tensor); }
    template <class X> constexpr void list(scalar<X> const&) { ++size; }
    template <class F> constexpr void list(function<F> const&) { ++size; }
    template <int I, class X> constexpr void list(argument<I, X> const&) {}
    template <std::size_t N> constexpr void list(index_list<N> const& e) {
        for (std::size_t i = 0; i < N; ++i) out[size].extent[i] = e.entry[i];
        ++size;
    }
    template <class Tag, class... C> constexpr void list(expr<Tag, C...> const& e) {
        with_children(e, [this](auto const&... c) { (this->list(c), ...); });
    }
    template <class X> constexpr void list(expr<ir::materialize_t, X> const& e) {
        using E = typename Bind::template of<X>;
        constexpr auto const& f = ir::formula_of<E>;
        ir::slot_extents inner[f.operands + 1] = {};
        for (int i = 0; i < around_size; ++i) inner[i] = around[i];
        bool flags[f.operands + 1] = {};
        slot_lister<Bind, Stored> body{around, around_size, inner + around_size, flags, stored};
        body.list(e.a);
        std::size_t extents[f.extents_size + 1] = {};
        ir::solve(ir::ref(f), inner, extents);
        stored.template operator()<E>(inner, extents);
        is_stored[size] = true;
        for (int d = 0; d < f.root().rank; ++d) out[size].extent[d] = extents[f.root().extent[d]];
        ++size;
    }
    template <class Body, class... Args> constexpr void list(call<Body, Args...> const& e) {
        int const first = size;
        arguments(e, std::index_sequence_for<Args...>{});
        ir::slot_extents all[ir::formula_of<typename Bind::template of<call<Body, Args...>>>.operands + 1] = {};
        for (int i = 0; i < around_size; ++i) all[i] = around[i];
        for (int i = first; i < size; ++i) all[around_size + i - first] = out[i];
        slot_lister<inside_call<Bind, Args...>, Stored> body{all, around_size + size - first, out + size, is_stored + size, stored};
        body.list(e.body);
        size += body.size;
    }

private:
    template <class Body, class... Args, std::size_t... I>
    constexpr void arguments(call<Body, Args...> const& e, std::index_sequence<I...>) {
        (list(boost::hana::at_c<I>(e.args)), ...);
    }
};

/// The extents of e's operands in the order of its slots, and which of them `materialize` makes.
template <class E, class Stored>
constexpr void list_slots(E const& e, ir::slot_extents* out, bool* is_stored, Stored const& stored) {
    slot_lister<alone, Stored>{nullptr, 0, out, is_stored, stored}.list(e);
}

struct ignore_stored {
    template <class E>
    constexpr void operator()(ir::slot_extents const*, std::size_t const*) const {}
};

}  // namespace captured

/// All extents of a formula, in which intermediates may still have to be stored. Throws shape_error.
template <evaluable E>
constexpr auto extents_before_storing(E const& e) {
    if constexpr (count_materialize<E> == 0) return solve_extents(e);
    else {
        constexpr auto const& f = ir::formula_of<E>;
        ir::slot_extents slots[f.operands + 1] = {};
        bool stored[f.operands + 1] = {};
        captured::list_slots(e, slots, stored, captured::ignore_stored{});
        std::array<std::size_t, static_cast<std::size_t>(f.extents_size)> out{};
        ir::solve(ir::ref(f), slots, out.data());
        return out;
    }
}

}  // namespace sinter
