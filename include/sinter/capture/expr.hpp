// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/append.hpp>
#include <sinter/capture/tags.hpp>
#include <sinter/core/config.hpp>
#include <sinter/tensor/fwd.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter {

// ---- what expressions are made of ----------------------------------------------------------------------------------

namespace ir {
template <class Tag, class... Children>
constexpr shape infer_node() {
    shape const args[sizeof...(Children) + 1] = {Children::info...};
    if constexpr (std::is_same_v<Tag, together_t>) {
        shape s;
        for (shape const& x : args)
            if (s.fault.rule == rule::none) s.fault = x.fault;
        return s;
    } else if constexpr (std::is_same_v<Tag, materialize_t>) {
        shape s = args[0];
        s.contiguous = s.stored = true;
        return s;
    } else return infer<(sizeof...(Children) > 5 ? max_arguments : 5)>(Tag::ask(), args, sizeof...(Children));
}

/// Numbers of a type that the graph does not name (long double) become f64.
template <class T>
constexpr dtype dtype_of_number() {
    return dtype_of<T>() == dtype::none ? dtype::f64 : dtype_of<T>();
}

/// What is known of a tensor or view.
template <class X>
constexpr shape shape_of_tensor() {
    shape s;
    s.type = dtype_of<std::remove_cv_t<typename X::value_type>>();
    s.rank = static_cast<std::int8_t>(X::rank_v);
    s.contiguous = X::contiguous;
    s.stored = true;
    for (int i = 0; i < X::rank_v; ++i) s.extent[i] = X::static_extents[static_cast<std::size_t>(i)];
    return s;
}
}  // namespace ir

/// A node of a formula: what is done (Tag) and to what. Children are held by value.
template <class Tag, class... Children>
struct expr {
    boost::hana::basic_tuple<Children...> children;
    static constexpr ir::shape info = ir::infer_node<Tag, Children...>();
    constexpr explicit expr(Children... c) : children{static_cast<Children&&>(c)...} {}
};

template <class Tag>
struct expr<Tag> {
    static constexpr ir::shape info = ir::infer_node<Tag>();
};
template <class Tag, class A>
struct expr<Tag, A> {
    A a;
    static constexpr ir::shape info = ir::infer_node<Tag, A>();
};
template <class Tag, class A, class B>
struct expr<Tag, A, B> {
    A a;
    B b;
    static constexpr ir::shape info = ir::infer_node<Tag, A, B>();
};
template <class Tag, class A, class B, class C>
struct expr<Tag, A, B, C> {
    A a;
    B b;
    C c;
    static constexpr ir::shape info = ir::infer_node<Tag, A, B, C>();
};
template <class Tag, class A, class B, class C, class D>
struct expr<Tag, A, B, C, D> {
    A a;
    B b;
    C c;
    D d;
    static constexpr ir::shape info = ir::infer_node<Tag, A, B, C, D>();
};
template <class Tag, class A, class B, class C, class D, class E>
struct expr<Tag, A, B, C, D, E> {
    A a;
    B b;
    C c;
    D d;
    E e;
    static constexpr ir::shape info = ir::infer_node<Tag, A, B, C, D, E>();
};

/// Calls f with the children of a node.
template <class Tag, class F>
constexpr decltype(auto) with_children(expr<Tag> const&, F&& f) { return f(); }
template <class Tag, class A, class F>
constexpr decltype(auto) with_children(expr<Tag, A> const& e, F&& f) { return f(e.a); }
template <class Tag, class A, class B, class F>
constexpr decltype(auto) with_children(expr<Tag, A, B> const& e, F&& f) { return f(e.a, e.b); }
template <class Tag, class A, class B, class C, class F>
constexpr decltype(auto) with_children(expr<Tag, A, B, C> const& e, F&& f) { return f(e.a, e.b, e.c); }
template <class Tag, class A, class B, class C, class D, class F>
constexpr decltype(auto) with_children(expr<Tag, A, B, C, D> const& e, F&& f) { return f(e.a, e.b, e.c, e.d); }
template <class Tag, class A, class B, class C, class D, class E, class F>
constexpr decltype(auto) with_children(expr<Tag, A, B, C, D, E> const& e, F&& f) { return f(e.a, e.b, e.c, e.d, e.e); }

template <class Tag, class... C, class F>
    requires(sizeof...(C) > 5)
constexpr decltype(auto) with_children(expr<Tag, C...> const& e, F&& f) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
        return f(boost::hana::at_c<I>(e.children)...);
    }(std::index_sequence_for<C...>{});
}

// ---- leaves --------------------------------------------------------------------------------------------------------

/// A named tensor: it must outlive the expression.
template <class X>
struct borrowed {
    X const* tensor;
    static constexpr ir::shape info = ir::shape_of_tensor<X>();
    constexpr X const& get() const { return *tensor; }
};

/// A tensor that lives in the expression, or a view (which is a pointer already).
template <class X>
struct owned {
    X tensor;
    static constexpr ir::shape info = ir::shape_of_tensor<X>();
    constexpr X const& get() const { return tensor; }
};

/// A number.
template <class X>
struct scalar {
    X value;
    static constexpr ir::shape info{ir::dtype_of<X>(), 0, false, true};
};

/// The user's function or monoid.
template <class F>
struct function {
    [[no_unique_address]] F call;
    static constexpr ir::shape info{ir::dtype::none, 0, false, false, false, true};
};

/// Starts, ends and extents that are known at run time.
template <std::size_t N>
struct index_list {
    std::size_t entry[N];
    static constexpr ir::shape info{ir::dtype::none, 1, false, false, false, true, {}, {N}};
};

/// Argument I of a function that is being traced; what it stands for has the type X and is held by the `call`.
template <int I, class X>
struct argument {
    static constexpr ir::shape info = X::info;
};

// ---- kinds ---------------------------------------------------------------------------------------------------------

template <class Tag, class... C> inline constexpr bool is_expression_v<expr<Tag, C...>> = true;
template <class X> inline constexpr bool is_expression_v<borrowed<X>> = true;
template <class X> inline constexpr bool is_expression_v<owned<X>> = true;
template <int I, class X> inline constexpr bool is_expression_v<argument<I, X>> = true;

namespace captured {
template <class X> inline constexpr bool is_owner = false;
template <class T, std::size_t... E> inline constexpr bool is_owner<tensor<T, E...>> = true;
}  // namespace captured

/// Several results: no formula, since it has no shape.
template <class E> inline constexpr bool is_together_v = false;
template <class... C> inline constexpr bool is_together_v<expr<ir::together_t, C...>> = true;
template <class... C> inline constexpr bool is_expression_v<expr<ir::together_t, C...>> = false;

template <class E>
concept is_together = is_together_v<std::remove_cvref_t<E>>;

/// A lazy formula.
template <class X>
concept expression = is_expression_v<std::remove_cvref_t<X>>;

/// A tensor or a view.
template <class X>
concept tensor_like = is_tensor<X>;

/// A plain number.
template <class X>
concept arithmetic = is_number<X>;

/// The type of a named tensor, which is borrowed. Functions have an overload for it that carries the compiler's
/// lifetime-bound attribute; on a forwarding reference it would warn of temporaries that are moved in.
template <class X>
concept named = captured::is_owner<std::remove_const_t<X>>;

/// An expression, a tensor or a view.
template <class X>
concept native_array = expression<X> || tensor_like<X>;

/// What has a shape: one of these, or an object of another library that can be seen as a view.
template <class X>
concept array_like = native_array<X> || viewable<X>;

/// What can be evaluated.
template <class X>
concept evaluable = expression<X> || is_together<X>;

/// What may stand in a formula.
template <class X>
concept operand_like = array_like<X> || arithmetic<X>;

/// Operands of which at least one is no plain number.
template <class... X>
concept operands = (operand_like<X> && ...) && (array_like<X> || ...);

/// The same for operators: two objects of another library have operators of their own.
template <class... X>
concept operator_operands = (operand_like<X> && ...) && (native_array<X> || ...);

// ---- capture: named tensors are borrowed, everything else is moved or copied in -------------------------------------

namespace captured {
template <class X> struct child { using type = std::remove_cvref_t<X>; };
template <class X> requires (tensor_like<X> && !(std::is_lvalue_reference_v<X> && is_owner<std::remove_cvref_t<X>>))
struct child<X> { using type = owned<std::remove_cvref_t<X>>; };
template <class X> requires (std::is_lvalue_reference_v<X> && is_owner<std::remove_cvref_t<X>>)
struct child<X> { using type = borrowed<std::remove_cvref_t<X>>; };
template <class X> requires viewable<X>
struct child<X> { using type = owned<decltype(view_maker<std::remove_cvref_t<X>>::of(std::declval<std::remove_reference_t<X>&>()))>; };
template <class X> requires arithmetic<X>
struct child<X> { using type = scalar<ir::element_t<ir::dtype_of_number<std::remove_cvref_t<X>>()>>; };
template <class X> requires arithmetic<X> && own_scalar<std::remove_cvref_t<X>>
struct child<X> { using type = scalar<std::remove_cvref_t<X>>; };
}  // namespace captured

/// The node that an operand becomes in a formula.
template <class X>
using child_t = typename captured::child<X>::type;

template <class X>
constexpr child_t<X> capture(X&& x) {
    using C = child_t<X>;
    if constexpr (arithmetic<X>) return C{static_cast<decltype(C::value)>(x)};
    else if constexpr (viewable<X>) return C{view_maker<std::remove_cvref_t<X>>::of(x)};
    else if constexpr (std::is_same_v<C, borrowed<std::remove_cvref_t<X>>>) return C{&x};
    else return C{static_cast<X&&>(x)};
}

/// What is known at compile time of an operand.
template <class X>
inline constexpr ir::shape shape_of = child_t<X>::info;

namespace ir {
/// A node over operands, each captured.
template <class Tag, class... X>
constexpr auto node(X&&... x) {
    return expr<Tag, child_t<X>...>{sinter::capture(static_cast<X&&>(x))...};
}
}  // namespace ir

namespace captured {
/// Stands for two different scalar types of the user's in one formula, which is an error where it is evaluated.
struct mixed_own_types {};

/// The one of two types that is not void.
template <class A, class B>
using own_of_both = std::conditional_t<std::is_void_v<A>, B, std::conditional_t<std::is_void_v<B> || std::is_same_v<A, B>, A, mixed_own_types>>;

/// The scalar type of the user's that an expression is made of, or void.
template <class E> struct own_type { using type = void; };
template <class T> using own_or_void = std::conditional_t<own_scalar<std::remove_cv_t<T>>, std::remove_cv_t<T>, void>;
template <class X> struct own_type<borrowed<X>> { using type = own_or_void<typename X::value_type>; };
template <class X> struct own_type<owned<X>> { using type = own_or_void<typename X::value_type>; };
template <class X> struct own_type<scalar<X>> { using type = own_or_void<X>; };
template <int I, class X> struct own_type<argument<I, X>> : own_type<X> {};
template <class Tag, class C, class... Rest>
struct own_type<expr<Tag, C, Rest...>> {
    using type = own_of_both<typename own_type<C>::type, typename own_type<expr<Tag, Rest...>>::type>;
};

template <ir::dtype D, class E> struct element_in { using type = ir::element_t<D>; };
template <class E> struct element_in<ir::dtype::own, E> : own_type<E> {};
}  // namespace captured

template <expression E>
struct value_type_of<E> : captured::element_in<E::info.type, E> {};

template <expression E>
struct static_extents_of<E> {
    static constexpr auto value = [] {
        std::array<std::size_t, E::info.rank> a{};
        for (std::size_t i = 0; i < a.size(); ++i) a[i] = E::info.extent[i];
        return a;
    }();
};

/// The number of axes of an operand.
template <class X>
inline constexpr int rank_of = child_t<X>::info.rank;

}  // namespace sinter
