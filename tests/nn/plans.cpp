// SPDX-License-Identifier: BSL-1.0
// What the layers of a transformer evaluate, formula by formula: the table of docs/layers.md says how many passes each takes.
#include "support/types.hpp"

#include <sinter/nn.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace sinter::test {
namespace {

std::string page() {
    std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "../../docs/layers.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The page has a row that ends with this formula and its number of passes.
template <class E>
void said(std::string const& formula, E const&, char const* behind = "") {
    static_assert(decltype(plan(std::declval<E const&>()))::temporaries == 0);
    std::string const row = "| " + formula + " | " + std::to_string(int(decltype(plan(std::declval<E const&>()))::passes)) + behind + " |\n";
    BOOST_CHECK_MESSAGE(page().find(row) != std::string::npos, "docs/layers.md lacks " << row);
}

BOOST_AUTO_TEST_CASE(formulas_of_layers) {
    matrix<float> const numbers(5, 8);
    tensor<float, dyn, dyn, dyn> const heads_of_rows(3, 5, 8);
    vector<float> const columns(8);
    auto const x = nn::detail::seen(numbers), h = x;
    auto const q = nn::detail::seen(heads_of_rows);
    nn::weight_matrix<float> const w = numbers;
    nn::weight_vector<float> const b = columns;
    nn::norm_weights<float> const norm{b, b};
    auto const act = nn::gelu_activation;
    said("zW_q + b_q, mW_k + b_k, mW_v + b_v, one after the other", nn::linear(x, w, b), " each");
    said("softmax(f(qKᵀ/√d))V of all heads", nn::dot_product_attention(q, q, q, nn::causal_scores));
    said("those, then, as a formula that is returned, oW_o + b_o", nn::linear(x, w, b));
    said("those, then norm(x + oW_o + b_o)", nn::normed(x + nn::linear(x, w, b), norm));
    said("norm(x)", nn::normed(x, norm));
    said("those, then x + oW_o + b_o", x + nn::linear(x, w, b));
    said("norm(x + act(xW₁ + b₁)W₂ + b₂)", nn::normed(x + nn::feed_forward(x, w, b, w, b, act), norm));
    said("act(xW₁ + b₁)", act(nn::linear(x, w, b)));
    said("norm(x + hW₂ + b₂)", nn::normed(x + nn::linear(h, w, b), norm));
    said("x + act(zW₁ + b₁)W₂ + b₂", x + nn::feed_forward(h, w, b, w, b, act));
    said("act(zW₁ + b₁)", act(nn::linear(h, w, b)));
    said("x + hW₂ + b₂", x + nn::linear(h, w, b));
}

/// What is a formula although it looks like more: each evaluation allocates its two temporaries, as the page says.
BOOST_AUTO_TEST_CASE(projections_inside) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 17, 9), v = make<matrix<float>>(g, -1, 1, 17, 5), w = make<matrix<float>>(g, -1, 1, 9, 7);
    auto const a = make<vector<float>>(g, -1, 1, 7);
    auto const f = nn::additive_attention(x, x, v, w, w, a);
    static_assert(decltype(plan(f))::temporaries == 2 && decltype(plan(f))::passes == 3);     // the projections; both together
    matrix<float> o(17, 5);
    o = f;
    BOOST_CHECK_EQUAL(allocations_of([&] { o = f; }).calls, 2u);
    BOOST_CHECK(page().find("every evaluation allocates them") != std::string::npos);
}

}  // namespace
}  // namespace sinter::test
