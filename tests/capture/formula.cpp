// SPDX-License-Identifier: BSL-1.0
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>

// What a formula looks like is known from its type, so nearly everything here is checked by the compiler.
namespace {

using namespace sinter::ir;
using sinter::axis, sinter::keep, sinter::dyn, sinter::formula_of, sinter::matrix;

template <class X>
X& a() {
    static X x;
    return x;
}

using dynamic = matrix<float>;
using fixed = matrix<float, 3, 4>;
using sinter::transpose, sinter::softmax;

template <class E>
constexpr std::size_t extent_of(int i) {
    auto const& f = formula_of<E>;
    return f.extents[f.root().extent[i]].value;
}

// ---- the sentence ----------------------------------------------------------------------------------------------------
using sentence = decltype(softmax(a<dynamic>() * transpose(a<dynamic>()) / 2.0) * a<dynamic>());
constexpr auto const& f = formula_of<sentence>;
static_assert(f.capacity == 16 && f.size == 9 && f.operands == 4);
static_assert(f.terms[0].what == form::operand && f.terms[0].slot == 0 && f.terms[0].type == dtype::f32);
static_assert(f.terms[2].what == form::permute && f.terms[2].order[0] == 1 && f.terms[2].order[1] == 0);
static_assert(f.terms[3].what == form::matmul && f.terms[3].arg[0] == 0 && f.terms[3].arg[1] == 2 && f.terms[3].rank == 2);
static_assert(f.terms[4].rank == 0 && f.terms[4].slot == 2 && f.operand[2].type == dtype::f32);     // 2.0 took K's type
static_assert(f.terms[5].op == op::div && f.terms[6].what == form::softmax && f.terms[6].axes == 0b10);
static_assert(f.root().what == form::matmul && f.root().type == dtype::f32);
static_assert(f.extents[f.root().start[0]].from == extent::source::same);      // m of K and of V
static_assert(f.root().extent[0] == f.terms[0].extent[0] && f.root().extent[1] == f.terms[7].extent[1]);

// ---- extents ---------------------------------------------------------------------------------------------------------
using sum_of_fixed = decltype(a<fixed>() + a<fixed>());
static_assert(formula_of<sum_of_fixed>.extents_size == 2);        // constants are shared
using mixed = decltype(a<fixed>() + a<dynamic>());
static_assert(extent_of<mixed>(0) == 3 && extent_of<mixed>(1) == 4);
static_assert(formula_of<mixed>.extents[formula_of<mixed>.root().extent[0]].from == extent::source::broadcast);
using row_and_matrix = decltype(a<matrix<float, 1, dyn>>() + a<dynamic>());
static_assert(formula_of<row_and_matrix>.root().extent[0] == formula_of<row_and_matrix>.terms[1].extent[0]);
using twice = decltype((a<dynamic>() + a<dynamic>()) + (a<dynamic>() % a<dynamic>()));
static_assert(formula_of<twice>.root().rank == 2);
using own_again = decltype(sinter::fn([](auto x, auto y) { return x + y + x; })(a<dynamic>(), a<dynamic>()));
static_assert(formula_of<own_again>.size == 4);
static_assert(formula_of<own_again>.root().extent[0] == formula_of<own_again>.terms[2].extent[0]);    // (x+y)+x: x+y's
using ranks = decltype(a<sinter::vector<float, 4>>() * a<sinter::tensor<float, 2, 5, 4, 3>>());
static_assert(formula_of<ranks>.root().rank == 3 && extent_of<ranks>(0) == 2 && extent_of<ranks>(2) == 3);
using batches = decltype(a<sinter::tensor<float, 7, 1, 3, 4>>() * a<sinter::tensor<float, 5, 4, 6>>());
static_assert(formula_of<batches>.root().rank == 4 && extent_of<batches>(0) == 7 && extent_of<batches>(1) == 5 &&
              extent_of<batches>(2) == 3 && extent_of<batches>(3) == 6);
using inner = decltype(a<sinter::vector<float>>() * a<sinter::vector<float>>());
static_assert(formula_of<inner>.root().rank == 0);

// ---- rearranging -----------------------------------------------------------------------------------------------------
using permuted = decltype(sinter::permute<2, 0, 1>(a<sinter::tensor<float, 2, 3, 4>>()));
static_assert(extent_of<permuted>(0) == 4 && extent_of<permuted>(1) == 2 && extent_of<permuted>(2) == 3);
using expanded = decltype(sinter::expand<-1>(a<fixed>()));
static_assert(formula_of<expanded>.root().rank == 3 && extent_of<expanded>(2) == 1);
using reshaped = decltype(sinter::reshape<2, 6>(a<fixed>()));
static_assert(extent_of<reshaped>(0) == 2 && extent_of<reshaped>(1) == 6 && formula_of<reshaped>.operands == 1);
using reshaped_later = decltype(sinter::reshape(a<fixed>(), 2, std::integral_constant<int, 6>{}));
static_assert(formula_of<reshaped_later>.operands == 2 && formula_of<reshaped_later>.root().slot == 0);
static_assert(extent_of<reshaped_later>(0) == dyn && extent_of<reshaped_later>(1) == 6);
using reshaped_to_the_rest = decltype(sinter::reshape(a<fixed>(), std::integral_constant<int, 4>{}, std::integral_constant<int, -1>{}));
static_assert(extent_of<reshaped_to_the_rest>(1) == 3 && reshaped_to_the_rest::info.extent[1] == 3);
using one_row = decltype(sinter::row(a<fixed>(), 1));
static_assert(formula_of<one_row>.root().rank == 1 && formula_of<one_row>.root().order[0] == 1 &&
              formula_of<one_row>.root().fixed[0] >= 0 && extent_of<one_row>(0) == 4);
template <int I> using constant = std::integral_constant<int, I>;
using part = decltype(sinter::slice(a<fixed>(), sinter::range(constant<1>{}, constant<3>{}),
                                    sinter::range(constant<0>{}, constant<-1>{}, sinter::by<2>)));
static_assert(extent_of<part>(0) == 2 && extent_of<part>(1) == 2 && formula_of<part>.root().step[1] == 2 &&
              formula_of<part>.root().start[1] == -1);
using columns = decltype(sinter::cols(a<fixed>(), 1, constant<2>{}));
static_assert(extent_of<columns>(0) == 3 && extent_of<columns>(1) == 2);

// ---- reductions ------------------------------------------------------------------------------------------------------
using total = decltype(sinter::sum(a<fixed>()));
static_assert(formula_of<total>.root().rank == 0 && formula_of<total>.root().axes == 0b11);
using kept = decltype(sinter::mean(a<fixed>(), axis<-1>, keep));
static_assert(formula_of<kept>.root().rank == 2 && extent_of<kept>(1) == 1 && formula_of<kept>.root().keep);
using two_axes = decltype(sinter::amax(a<sinter::tensor<float, 2, 3, 4>>(), axis<0, -1>));
static_assert(formula_of<two_axes>.root().axes == 0b101 && extent_of<two_axes>(0) == 3);

struct longest {
    template <class T> static constexpr T identity() { return 0; }
    template <class T> T operator()(T a, T b) const { return a < b ? b : a; }
};
using by_monoid = decltype(sinter::reduce(longest{}, a<fixed>() + 1, axis<0>));
static_assert(formula_of<by_monoid>.root().reduction == reduction::user && formula_of<by_monoid>.root().slot == 0 &&
              formula_of<by_monoid>.operand[0].type == dtype::none && formula_of<by_monoid>.root().arity == 1);
using by_function = decltype(sinter::map([](auto x, auto y) { return x * y; }, a<fixed>(), a<fixed>()));
static_assert(formula_of<by_function>.root().op == op::user && formula_of<by_function>.root().arity == 2);
using by_name = decltype(sinter::elu(a<fixed>(), 0.5));
static_assert(formula_of<by_name>.root().function == function::elu && formula_of<by_name>.root().arity == 2 &&
              formula_of<by_name>.operand[1].type == dtype::f32);

// ---- coordinates and masks ---------------------------------------------------------------------------------------------
using masked = decltype(sinter::causal(a<dynamic>()));
static_assert(formula_of<masked>.terms[2].elastic && formula_of<masked>.terms[2].rank == 0 &&
              formula_of<masked>.terms[2].op == op::less_equal);
static_assert(!formula_of<masked>.root().elastic && formula_of<masked>.root().rank == 2 &&
              formula_of<masked>.root().op == op::select && formula_of<masked>.operand[1].type == dtype::f32);

// ---- traced functions ---------------------------------------------------------------------------------------------------
constexpr auto entropy = sinter::fn([](auto x) {
    auto p = softmax(x);
    return sum(p % log(p), axis<-1>);
});
using traced = decltype(entropy(a<dynamic>() * a<dynamic>()));
static_assert(formula_of<traced>.operands == 2);          // x is one sub-formula, however often it's used
using nested = decltype(sinter::fn([](auto x, auto y) { return entropy(x) + entropy(y); })(a<dynamic>(), a<dynamic>()));
static_assert(formula_of<nested>.operands == 2);
static_assert([] {         // the two calls do not mix their arguments up
    int uses[2] = {};
    for (int i = 0; i < formula_of<nested>.size; ++i)
        if (formula_of<nested>.terms[i].what == form::softmax) ++uses[formula_of<nested>.terms[i].arg[0]];
    return uses[0] == 2 && uses[1] == 2;
}());
constexpr auto attention = sinter::fn([](auto Q, auto K, auto V, auto scale) {
    return softmax(Q * transpose(K) * scale) * V;
});
using attended = decltype(attention(a<dynamic>(), a<dynamic>(), a<dynamic>(), 0.125f));
static_assert(formula_of<attended>.size == 9 && formula_of<attended>.root().type == dtype::f32);
using identity = decltype(sinter::fn([](auto x, auto) { return x; })(a<dynamic>(), 1));
static_assert(formula_of<identity>.root().slot == 0 && formula_of<identity>.root().rank == 2);

// ---- stored intermediates -------------------------------------------------------------------------------------------------
using stored = decltype(sinter::reshape<12>(sinter::materialize(a<fixed>() + 1)));
static_assert(formula_of<stored>.operands == 1 && formula_of<stored>.operand[0].contiguous && formula_of<stored>.size == 2);

// ---- long formulas --------------------------------------------------------------------------------------------------------
template <std::size_t... I>
auto chain(std::index_sequence<I...>) {
    return (a<dynamic>() + ... + (static_cast<void>(I), a<dynamic>()));
}
using long_one = decltype(chain(std::make_index_sequence<40>{}));
static_assert(formula_of<long_one>.size == 81 && formula_of<long_one>.capacity == 256);

}  // namespace

BOOST_AUTO_TEST_CASE(formulas_of_tensors_views_and_numbers) {
    BOOST_TEST(formula_of<dynamic>.size == 1);
    BOOST_TEST(formula_of<double>.root().rank == 0);
    BOOST_TEST((formula_of<sinter::view<float const, 3>>.operand[0].extent[0] == 3u));
    BOOST_TEST((!formula_of<sinter::strided_view<float, dyn, dyn>>.operand[0].contiguous));
}
