// SPDX-License-Identifier: BSL-1.0
// explain(e): the lines that matter, of four formulas.
#include <sinter/sinter.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>

namespace {

using sinter::explain;
using sinter::matrix;
using sinter::transpose;

/// `text` contains the lines, in this order.
void in_order(std::string const& text, std::initializer_list<std::string_view> lines) {
    std::size_t at = 0;
    for (auto const line : lines) {
        std::size_t const found = text.find(line, at);
        BOOST_REQUIRE_MESSAGE(found != text.npos, "not there, or not in this order: " << line << "\nin\n" << text);
        at = found + line.size();
    }
}

struct operands {
    matrix<float> q, k, v;
    sinter::vector<float> g, b;
    operands() : q(100, 64), k(200, 64), v(200, 48), g(64), b(64) {}
};

BOOST_FIXTURE_TEST_SUITE(lines, operands)

BOOST_AUTO_TEST_CASE(the_sentence) {
    auto const text = explain(softmax(q * transpose(k) / std::sqrt(64.f)) * v, "Q", "K", "V");
    in_order(text, {"softmax(Q*transpose(K)/a)*V\n", "Q: float (100, 64)", "K: float (200, 64)", "V: float (200, 48)",
                    "i < 100, j < 48, k < 200, l < 64",
                    "S1[i,k] = sum over l of Q[i,l]*K[k,l]", "m[i] = maximum over k of t1[i,k]",
                    "t2[i,k] = exp(t1[i,k] - m[i])", "S2[i] = sum over k of t2[i,k]",
                    "S3[i,j] = sum over k of t2[i,k]*V[k,j]", "result[i,j] = S3[i,j]/S2[i]"});
    in_order(text, {"How\n", "  for tiles of ", " i, one SIMD lane for each", "    keep Q[i,l]  // transposed",
                    "    for blocks of ", " k  // the only pass", "      for all l", "        S1[i,k] += Q[i,l]*K[k,l]",
                    "      m[i] = maximum(m[i], t1[i,k])  // running maximum", "      r[i] = exp(m_old[i] - m[i])  // corrects"});
    in_order(text, {"S3[i,j] = S3[i,j]*r[i] + t2[i,k]*V[k,j]  // exp(t1[i,k] - m[i]) separates"});
    in_order(text, {"S2[i] = S2[i]*r[i] + t2[i,k]  // exp(t1[i,k] - m[i]) separates"});
    in_order(text, {"result[i,j] = S3[i,j]/S2[i]  // transposed back", "\n1 pass, no temporaries, workspace "});
    BOOST_TEST(text.find("again") == text.npos);
}

BOOST_AUTO_TEST_CASE(softmax_of_rows) {
    in_order(explain(softmax(q)),
             {"softmax(A)\n", "m[i] = maximum over j of A[i,j]", "t[i,j] = exp(A[i,j] - m[i])", "result[i,j] = t[i,j]/S[i]", "How",
              "for each i", "m[i] = maximum(m[i], A[i,j])", "again over j: S[i] needs the final m[i]", "S[i] += t[i,j]",
              "result[i,j] = t[i,j]/S[i]", "2 passes, no temporaries"});
}

BOOST_AUTO_TEST_CASE(layer_norm_of_rows) {
    in_order(explain(layer_norm(q, g, b, 1e-5f)),
             {"layer_norm(A, B, C, a)\n", "S1[i] = sum over j of A[i,j]", "t1[i,j] = A[i,j] - S1[i]/64",
              "S2[i] = sum over j of t1[i,j]", "S3[i] = sum over j of t1[i,j]*t1[i,j]",
              "result[i,j] = (t1[i,j] - t2[i])*rsqrt(max(S3[i]/64 - t2[i]*t2[i], 0) + a)*B[j] + C[j]", "How",
              "S1[i] += A[i,j]", "again over j: S2[i] needs the final S1[i]", "2 passes"});
}

BOOST_AUTO_TEST_CASE(matrix_product) {
    in_order(explain(q * transpose(k)),
             {"A*transpose(B)\n", "S[i,j] = sum over k of A[i,k]*B[j,k]", "How", " j, one SIMD lane for each", "for blocks of ",
              "for all k", "S[i,j] += A[i,k]*B[j,k]", "result[i,j] = S[i,j]", "1 pass, no temporaries"});
}

/// What is broadcast and computed is kept a block at a time.
BOOST_AUTO_TEST_CASE(a_panel) {
    in_order(explain(relu(q) * transpose(k)),
             {"How", "  for blocks of about 96 i\n", "    for each i\n", "for all k, in SIMD lanes of their own\n", "keep ",
              "    for tiles of ", " j, one SIMD lane for each", "      for the block of i\n", "for all k, results in registers", "S[i,j] += ",
              "1 pass, no temporaries"});
}

BOOST_AUTO_TEST_CASE(strips) {
    matrix<float> w(64, 30), u(30, 20);
    in_order(explain(relu(q * w) * u),
             {"  for strips of 256 i\n", "    for tiles of ", "keep A[i,l]", "    for blocks of ", "keep B[l,k]  // transposed", "      for tiles of ",
              "        for the block of k  // the only pass", "S1[i,k] += ", "    for tiles of ", "result[i,j] = S2[i,j]"});
}

BOOST_AUTO_TEST_CASE(transposed_factor) {
    matrix<float> w(100, 30);
    in_order(explain(transpose(q) * w), {"  for blocks of about 96 ", "keep A[k,i]  // transposed, so that what is summed is a row", "    for tiles of "});
}

BOOST_AUTO_TEST_CASE(barrier) {
    in_order(explain(tanh(softmax(q * transpose(k))) * v),
             {"// pass 1 of 2", "again over k: S3[i,j] needs the final m[i], S2[i]; tanh(t[i,k]/S2[i]) does not separate",
              "// pass 2 of 2", "// computed again", "2 passes, no temporaries"});
}

BOOST_AUTO_TEST_CASE(what_is_stored_or_would_have_to_be) {
    in_order(explain(materialize(q * transpose(k)) * v),
             {"A: float (100, 200), stored first, for materialize(...)", "1 pass", "1 temporary"});
    matrix<float> w(48, 30);
    in_order(explain(softmax(q * transpose(k)) * relu(v * w)),
             {"cannot be evaluated: all of S", "would have to be kept", "materialize(...)"});
}

BOOST_AUTO_TEST_CASE(infix) {
    auto const line = [](auto const& e) {
        std::string const text = explain(e);
        std::size_t const at = text.find("result");
        return text.substr(at, text.find('\n', at) - at);
    };
    matrix<float, 2, 3> x, y, z;
    BOOST_TEST(line(x - (y - z)) == "result[i,j] = A[i,j] - (B[i,j] - C[i,j])");
    BOOST_TEST(line(x - y - z) == "result[i,j] = A[i,j] - B[i,j] - C[i,j]");
    BOOST_TEST(line((x + y) % z) == "result[i,j] = (A[i,j] + B[i,j])*C[i,j]");
    BOOST_TEST(line(x / (y % z)) == "result[i,j] = A[i,j]/(B[i,j]*C[i,j])");
    BOOST_TEST(line(-(x + y) % z) == "result[i,j] = (-(A[i,j] + B[i,j]))*C[i,j]");
    BOOST_TEST(line(where(x < y, x, 2.5f)) == "result[i,j] = where(A[i,j] < B[i,j], C[i,j], a)");
    BOOST_TEST(line(relu(x)) == "result[i,j] = max(A[i,j], 0)");
    BOOST_TEST(line(row(x, 1) + sinter::coord<0>) == "result[i] = A[1,i] + float(i)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
