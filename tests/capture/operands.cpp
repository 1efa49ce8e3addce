// SPDX-License-Identifier: BSL-1.0
#include <sinter/capture/functions.hpp>
#include <sinter/capture/operands.hpp>
#include <sinter/capture/prepare.hpp>
#include <sinter/capture/shape.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/test/unit_test.hpp>

#include <type_traits>

namespace sinter::model {

/// Stands for evaluation: a tensor of the right shape.
struct evaluator {
    template <class E>
    auto operator()(E const& e) const {
        auto const x = solve_extents(e);
        auto const& t = formula_of<E>.root();
        return matrix<typename value_type_of<E>::type>(x[static_cast<std::size_t>(t.extent[0])],
                                                       x[static_cast<std::size_t>(t.extent[1])]);
    }
};

}  // namespace sinter::model

namespace {

using namespace sinter;
namespace hana = boost::hana;

template <class H> constexpr int slots_in = 0;
template <class... H> constexpr int slots_in<hana::basic_tuple<H...> const> = sizeof...(H);

template <class E> constexpr int owned_in = 0;
template <class X> constexpr int owned_in<owned<X>> = 1;
template <class Tag, class... C> constexpr int owned_in<expr<Tag, C...>> = (0 + ... + owned_in<C>);

}  // namespace

BOOST_AUTO_TEST_CASE(capture_rules) {
    matrix<float> a(2, 3);
    view<float, dyn, dyn> w(a.data(), 2, 3);
    auto borrows = exp(a);
    auto moves = exp(matrix<float>(2, 3));
    auto copies = exp(own(a));
    auto view_copy = exp(w);
    static_assert(owned_in<decltype(borrows)> == 0 && owned_in<decltype(moves)> == 1);
    static_assert(owned_in<decltype(copies)> == 1 && owned_in<decltype(view_copy)> == 1);
    BOOST_TEST(borrows.a.tensor == &a);
    BOOST_TEST(copies.a.tensor.data() != a.data());
    BOOST_TEST(view_copy.a.tensor.data() == a.data());
    a(1, 2) = 7;
    auto of_view = exp(own(w)), of_strides = exp(own(view<float, dyn, dyn>(a.data(), {3, 2}, {1, 3})));
    static_assert(owned_in<decltype(of_view)> == 1);
    BOOST_TEST(of_view.a.tensor.data() != a.data());
    BOOST_TEST(of_view.a.tensor(1, 2) == 7);
    BOOST_TEST(of_strides.a.tensor(2, 1) == 7);
    matrix<float> b(2, 3);
    auto const* const elements = b.data();
    auto moved = log(exp(std::move(b)));
    BOOST_TEST(moved.a.a.tensor.data() == elements);
}

BOOST_AUTO_TEST_CASE(handles_are_in_the_order_of_the_slots) {
    matrix<float> q(3, 4), k(5, 4);
    auto const e = rows(q, 1, 2) * transpose(k) / 2.0 + map([](auto x) { return x; }, q(0, 0) + sum(k));
    auto const h = handles(e);
    auto const& f = formula_of<decltype(e)>;
    static_assert(slots_in<decltype(h)> == f.operands);
    BOOST_TEST(hana::at_c<0>(h).extent[0] == 1u);
    BOOST_TEST(hana::at_c<0>(h).extent[1] == 2u);
    BOOST_TEST(hana::at_c<1>(h).data == q.data());
    BOOST_TEST(hana::at_c<1>(h).stride[0] == 4);
    BOOST_TEST(hana::at_c<2>(h).data == k.data());
    BOOST_TEST(*hana::at_c<3>(h).data == 2.0f);
    BOOST_TEST(hana::at_c<3>(h).data == &e.a.b.value);
    BOOST_TEST(hana::at_c<4>(h).call == &e.b.a.call);
    BOOST_TEST(hana::at_c<6>(h).data == k.data());
}

BOOST_AUTO_TEST_CASE(arguments_of_a_traced_function_have_one_slot) {
    matrix<float> a(2, 3), b(2, 3);
    auto const e = fn([](auto x, auto y, auto s) { return x % x % y * s + x; })(a, b + 1, 3.0f);
    auto const h = handles(e);
    static_assert(slots_in<decltype(h)> == 4);
    BOOST_TEST(hana::at_c<0>(h).data == a.data());
    BOOST_TEST(hana::at_c<1>(h).data == b.data());
    BOOST_TEST(*hana::at_c<2>(h).data == 1.0f);
    BOOST_TEST(*hana::at_c<3>(h).data == 3.0f);
}

BOOST_AUTO_TEST_CASE(prepare_stores_what_materialize_marks) {
    matrix<float> q(3, 4), k(5, 4), v(5, 6);
    auto const plain = q * transpose(k);
    BOOST_TEST(&prepare<model::evaluator>(plain) == &plain);

    auto const e = softmax(materialize(q * transpose(k)) + 1) * v;
    static_assert(count_materialize<decltype(e)> == 1);
    auto const p = prepare<model::evaluator>(e);
    static_assert(formula_of<decltype(p)> == formula_of<decltype(e)>);
    BOOST_TEST(hana::at_c<0>(handles(p)).extent[1] == 5u);

    // inside a traced function, of its arguments; owned operands are borrowed, not copied
    auto const g = fn([](auto x, auto y, auto z) { return softmax(materialize(exp(x) * transpose(y))) * z; })(q + 1, own(k), v);
    auto const pg = prepare<model::evaluator>(g);
    static_assert(formula_of<decltype(pg)> == formula_of<decltype(g)>);
    BOOST_TEST(hana::at_c<2>(handles(pg)).data == hana::at_c<1>(g.args).tensor.data());
    BOOST_TEST(hana::at_c<4>(handles(pg)).extent[0] == 3u);
    BOOST_TEST(hana::at_c<4>(handles(pg)).extent[1] == 5u);

    // one within another
    auto const n = materialize(exp(materialize(q + 1)));
    static_assert(count_materialize<decltype(n)> == 2);
    BOOST_TEST(hana::at_c<0>(handles(prepare<model::evaluator>(n))).extent[1] == 4u);
}
