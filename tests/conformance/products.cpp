// SPDX-License-Identifier: BSL-1.0
// MatMul, Gemm, Einsum.
#include "formula.hpp"
#include "operators.hpp"

#include <algorithm>

namespace conformance {
namespace {

using namespace sinter;

constexpr auto multiplied = floats + usual_integers;

/// The last two axes of an array as axes of its own, the others broadcast.
template <class T>
operand<T const, 2> matrices(array const& x, shape_t const& batches) {
    auto const strides = row_major(x.shape);
    std::size_t const n = x.rank();
    shape_t const front(x.shape.begin(), x.shape.end() - 2);
    return {x.data<T>(), stretched(front, {strides.begin(), strides.end() - 2}, batches),
            {x.shape[n - 2], x.shape[n - 1]}, {strides[n - 2], strides[n - 1]}};
}

/// NumPy's matmul: a vector on the left is a row, one on the right a column, and their axis goes.
results matmul(call const& c) {
    array a = c.in(0), b = c.in(1);
    if (a.type != b.type) throw not_applicable("operands of two element types");
    bool const row = a.rank() == 1, column = b.rank() == 1;
    if (row) a.shape.insert(a.shape.begin(), 1);
    if (column) b.shape.push_back(1);
    shape_t const batches = broadcast({{a.shape.begin(), a.shape.end() - 2}, {b.shape.begin(), b.shape.end() - 2}});
    std::size_t const i = a.shape.end()[-2], j = b.shape.back();
    shape_t shape = batches;
    shape.insert(shape.end(), {i, j});
    array out(a.type, shape);
    auto const strides = row_major(shape);
    dispatch(multiplied, a.type, [&]<class T>(std::type_identity<T>) {
        operand<T, 2> const o{out.data<T>(), {strides.begin(), strides.end() - 2}, {i, j}, {static_cast<std::ptrdiff_t>(j), 1}};
        evaluate<1>(batches, [](auto x, auto y) { return x * y; }, o, matrices<T>(a, batches), matrices<T>(b, batches));
    });
    if (column) shape.pop_back();
    if (row) shape.erase(shape.end() - (column ? 1 : 2));
    return {reshaped(out, shape)};
}

/// A matrix or its transpose.
template <class T>
auto matrix_of(array const& x, bool transposed) {
    if (x.rank() != 2) throw bad_case("Gemm: an array of rank " + std::to_string(x.rank()));
    std::ptrdiff_t const row = static_cast<std::ptrdiff_t>(x.shape[1]);
    if (!transposed) return view_as<2>(x.data<T>(), x.shape, {row, 1});
    return view_as<2>(x.data<T>(), {x.shape[1], x.shape[0]}, {1, row});
}

results gemm(call const& c) {
    array const &a = c.in(0), &b = c.in(1);
    array out;
    double const alpha = c.real("alpha", 1), beta = c.real("beta", 1);
    dispatch(multiplied, a.type, [&]<class T>(std::type_identity<T>) {
        auto const x = matrix_of<T>(a, c.flag("transA")), y = matrix_of<T>(b, c.flag("transB"));
        out = array_of<T>({x.extent(0), y.extent(1)});
        auto const o = view_as<2>(out.data<T>(), out.shape, row_major(out.shape));
        if (!c.given(2)) return assign(o, alpha * (x * y));
        assign(o, alpha * (x * y) + beta * view_as<2>(c.in(2).data<T>(), out.shape, stretched(c.in(2).shape, out.shape)));
    });
    return {out};
}

// ---- Einsum: any equation, as a sum over views whose axes are the letters ---------------------------------------------

/// The letters of each operand and of the result; the axes of an ellipsis are named by digits.
struct equation {
    std::vector<std::string> operands;
    std::string result;
};

std::string with_ellipsis(std::string s, std::size_t axes) {
    auto const at = s.find("...");
    if (at == s.npos) return s;
    std::string digits;
    for (std::size_t i = 0; i < axes; ++i) digits += static_cast<char>('0' + i);
    return s.replace(at, 3, digits);
}

equation parse(std::string text, std::vector<shape_t> const& shapes) {
    std::erase(text, ' ');
    auto const arrow = text.find("->");
    std::string left = text.substr(0, arrow) + ",";
    std::vector<std::string> parts;
    for (std::size_t comma; (comma = left.find(',')) != left.npos; left.erase(0, comma + 1)) parts.push_back(left.substr(0, comma));
    if (parts.size() != shapes.size()) throw bad_case("Einsum: '" + text + "' has another number of operands");
    equation e;
    std::size_t most = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        bool const dots = parts[i].find("...") != parts[i].npos;
        std::size_t const named = parts[i].size() - (dots ? 3 : 0);
        if (shapes[i].size() < named) throw bad_case("Einsum: '" + parts[i] + "' has more axes than its operand");
        std::size_t const axes = shapes[i].size() - named;
        most = std::max(most, dots ? axes : 0);
        e.operands.push_back(with_ellipsis(parts[i], axes));
    }
    for (auto& s : e.operands)      // ellipses are aligned at their end
        for (std::size_t d = std::count_if(s.begin(), s.end(), [](char l) { return l >= '0' && l <= '9'; }), k = 0; k < s.size(); ++k)
            if (s[k] >= '0' && s[k] <= '9') s[k] = static_cast<char>(s[k] + (most - d));
    if (arrow != text.npos) e.result = with_ellipsis(text.substr(arrow + 2), most);
    else {
        std::string all;
        for (auto const& s : e.operands) all += s;
        std::sort(all.begin(), all.end());
        for (char const l : all)
            if ((l >= '0' && l <= '9') ? e.result.find(l) == e.result.npos : std::count(all.begin(), all.end(), l) == 1) e.result += l;
    }
    return e;
}

/// The strides of an operand along each of some letters: those of a letter that it has twice add up.
strides_t strides_along(std::string const& letters, std::string const& own, array const& x) {
    auto const strides = row_major(x.shape);
    strides_t result(letters.size(), 0);
    for (std::size_t k = 0; k < own.size(); ++k) {
        auto const at = letters.find(own[k]);
        if (at != letters.npos && x.shape[k] != 1) result[at] += strides[k];
    }
    return result;
}

struct summation {
    equation e;
    std::string reduced;
    shape_t kept_shape, reduced_shape;
};

summation understand(std::string const& text, std::vector<array const*> const& x) {
    std::vector<shape_t> shapes;
    for (auto const* a : x) shapes.push_back(a->shape);
    summation s{parse(text, shapes), {}, {}, {}};
    std::map<char, std::size_t> extent;
    for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t k = 0; k < s.e.operands[i].size(); ++k) {
            char const letter = s.e.operands[i][k];
            auto& n = extent.try_emplace(letter, 1).first->second;
            if (n != 1 && shapes[i][k] != 1 && n != shapes[i][k])
                throw bad_case("Einsum: letter '" + std::string(1, letter) + "' has two extents");
            if (n == 1) n = shapes[i][k];
            if ((s.e.result + s.reduced).find(letter) == std::string::npos) s.reduced += letter;
        }
    for (char const l : s.e.result) s.kept_shape.push_back(extent.at(l));
    for (char const l : s.reduced) s.reduced_shape.push_back(extent.at(l));
    return s;
}

template <class T, std::size_t... I>
void sum_products(summation const& s, array& out, std::vector<array const*> const& x, std::index_sequence<I...>) {
    collapsed const c = collapse(s.reduced_shape, {strides_along(s.reduced, s.e.operands[I], *x[I])...}, 2);
    if (c.shape.size() > 2) throw not_applicable("an Einsum whose sum runs over more than two groups of axes");
    auto const in = [&](std::size_t i) {
        return operand<T const, 2>{x[i]->data<T>(), strides_along(s.e.result, s.e.operands[i], *x[i]),
                                   {c.shape[0], c.shape[1]}, {c.strides[i][0], c.strides[i][1]}};
    };
    evaluate<3>(s.kept_shape, [](auto... v) { return sum((... % v), axis<-2, -1>); }, write<T>(out), in(I)...);
}

results einsum_of(call const& c) {
    std::vector<array const*> x;
    for (std::size_t i = 0; i < c.inputs.size(); ++i) x.push_back(&c.in(i));
    auto const s = understand(c.string("equation"), x);
    array out(x.at(0)->type, s.kept_shape);
    dispatch(multiplied, out.type, [&]<class T>(std::type_identity<T>) {
        switch (x.size()) {
            case 1: return sum_products<T>(s, out, x, std::make_index_sequence<1>());
            case 2: return sum_products<T>(s, out, x, std::make_index_sequence<2>());
            case 3: return sum_products<T>(s, out, x, std::make_index_sequence<3>());
            default: throw not_applicable("an Einsum of more than three operands");
        }
    });
    return {out};
}

}  // namespace

void add_products(operators& all) {
    all.add("MatMul", matmul);
    all.add("Gemm", gemm);
    all.add("Einsum", einsum_of);
}

}  // namespace conformance
