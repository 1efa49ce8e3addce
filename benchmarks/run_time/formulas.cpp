// SPDX-License-Identifier: BSL-1.0
#include "formulas.hpp"

#include <stdexcept>

#include "reference.hpp"

namespace bench {
namespace {

using sizes = std::vector<std::size_t>;

// Q (n,d), K (m,d), V (m,e)
sizes attention_operands(extents const& s) { return {s.n * s.d, s.m * s.d, s.m * s.e}; }
sizes bias_operands(extents const& s) { return {s.n * s.d, s.m * s.d, s.m * s.e, s.n * s.m}; }
// A (n,m), B (m,e), in either order of storage
sizes product_operands(extents const& s) { return {s.n * s.m, s.m * s.e}; }
// x (n,d), y (m,d), w (m)
sizes kernel_sum_operands(extents const& s) { return {s.n * s.d, s.m * s.d, s.m}; }
sizes row_operands(extents const& s) { return {s.n * s.e}; }
sizes layer_norm_operands(extents const& s) { return {s.n * s.e, s.e, s.e}; }
sizes elementwise_operands(extents const& s) { return {s.n, s.n, s.n, s.n}; }
// X (n,d), W1 (d,m), b1 (m), W2 (m,e), b2 (e)
sizes perceptron_operands(extents const& s) { return {s.n * s.d, s.d * s.m, s.m, s.m * s.e, s.e}; }

// x (m,n,n), w (e,m,d,d)
sizes convolution_operands(extents const& s) { return {s.m * s.n * s.n, s.e * s.m * s.d * s.d}; }

// Q (h,n,d), K (g,m,d), V (g,m,e)
sizes heads_operands(extents const& s) { return {s.h * s.n * s.d, s.g * s.m * s.d, s.g * s.m * s.e}; }

std::size_t image_result(extents const& s) { return s.e * s.n * s.n; }
std::size_t matrix_result(extents const& s) { return s.n * s.e; }
std::size_t heads_result(extents const& s) { return s.h * s.n * s.e; }
std::size_t vector_result(extents const& s) { return s.n; }

// The convention of the literature: the multiply-adds of the contractions and nothing else.
double attention_flops(extents const& s) { return 2.0 * double(s.n) * double(s.m) * double(s.d + s.e); }
double heads_flops(extents const& s) { return double(s.h) * attention_flops(s); }
double keys_and_values(extents const& s) { return sizeof(float) * double(s.g) * double(s.m) * double(s.d + s.e); }
double product_flops(extents const& s) { return 2.0 * double(s.n) * double(s.m) * double(s.e); }
// A difference and a multiply-add for each feature, a multiply-add with w; exp is not counted.
double kernel_sum_flops(extents const& s) { return double(s.n) * double(s.m) * (3.0 * double(s.d) + 2.0); }
double perceptron_flops(extents const& s) { return 2.0 * double(s.n) * double(s.m) * double(s.d + s.e); }
// Each element is read once and written once, whatever a contender really does.
double row_bytes(extents const& s) { return 2.0 * sizeof(float) * double(s.n) * double(s.e); }
double elementwise_bytes(extents const& s) { return 5.0 * sizeof(float) * double(s.n); }

double convolution_flops(extents const& s) { return 2.0 * double(image_result(s)) * double(s.m * s.d * s.d); }

double pairs(extents const& s) { return double(s.n) * double(s.m); }
double heads_pairs(extents const& s) { return double(s.h) * pairs(s); }

using oracle = void (*)(problem const&, double*);

formula attention_relative(std::string name, sizes (*operands)(extents const&), oracle reference, kernel subject,
                           kernel peer, kernel tuned) {
    return {std::move(name), operands, matrix_result, reference, subject, peer, tuned, "attention",
            limit::fma, attention_flops, pairs, -1.7320508F, 1.7320508F};  // unit variance
}

formula product(std::string name, oracle reference, kernel subject, kernel peer) {
    return {std::move(name), product_operands, matrix_result, reference, subject, peer, nullptr, "",
            limit::fma, product_flops, nullptr, -1.0F, 1.0F};
}

// Everything that has the name of the formula: the reference, the subject and the peers.
#define SINTER_BENCH_ROLES(name) reference::name, subject::name, peer::name
#define SINTER_BENCH_ATTENTION(name, operands) \
    attention_relative(#name, operands, SINTER_BENCH_ROLES(name), tuned::name)
#define SINTER_BENCH_PRODUCT(name) product(#name, SINTER_BENCH_ROLES(name))

std::vector<formula> make_formulas() {
    std::vector<formula> all{
        SINTER_BENCH_ATTENTION(attention, attention_operands),
        SINTER_BENCH_ATTENTION(attention_bias, bias_operands),
        SINTER_BENCH_ATTENTION(attention_causal, attention_operands),
        SINTER_BENCH_ATTENTION(attention_soft_cap, attention_operands),
        SINTER_BENCH_ATTENTION(attention_sigmoid, attention_operands),
        SINTER_BENCH_ATTENTION(attention_cosine, attention_operands),
        SINTER_BENCH_ATTENTION(attention_window, attention_operands),
        SINTER_BENCH_ATTENTION(attention_prefix, attention_operands),
        SINTER_BENCH_ATTENTION(attention_documents, attention_operands),
        SINTER_BENCH_ATTENTION(attention_alibi, attention_operands),
        SINTER_BENCH_ATTENTION(attention_cross, attention_operands),
        {"attention_lengths", heads_operands, heads_result, SINTER_BENCH_ROLES(attention_lengths), nullptr, "attention_grouped",
         limit::fma, heads_flops, heads_pairs, -1.7320508F, 1.7320508F},
        {"attention_grouped", heads_operands, heads_result, SINTER_BENCH_ROLES(attention_grouped), nullptr, "",
         limit::fma, heads_flops, nullptr, -1.7320508F, 1.7320508F},
        {"attention_decode", heads_operands, heads_result, SINTER_BENCH_ROLES(attention_decode), nullptr, "",
         limit::memory, keys_and_values, nullptr, -1.7320508F, 1.7320508F},
        SINTER_BENCH_PRODUCT(product_nn),
        SINTER_BENCH_PRODUCT(product_tn),
        SINTER_BENCH_PRODUCT(product_nt),
        SINTER_BENCH_PRODUCT(product_tt),
        {"kernel_sum", kernel_sum_operands, vector_result, SINTER_BENCH_ROLES(kernel_sum), nullptr, "",
         limit::fma, kernel_sum_flops, pairs, -1.0F, 1.0F},
        {"softmax_rows", row_operands, matrix_result, SINTER_BENCH_ROLES(softmax_rows), nullptr, "",
         limit::memory, row_bytes, nullptr, -4.0F, 4.0F},
        {"layer_norm_rows", layer_norm_operands, matrix_result, SINTER_BENCH_ROLES(layer_norm_rows), nullptr, "",
         limit::memory, row_bytes, nullptr, -1.0F, 1.0F},
        {"elementwise", elementwise_operands, vector_result, SINTER_BENCH_ROLES(elementwise), nullptr, "",
         limit::memory, elementwise_bytes, nullptr, 0.0F, 1.0F},
        {"perceptron", perceptron_operands, matrix_result, SINTER_BENCH_ROLES(perceptron), nullptr, "",
         limit::fma, perceptron_flops, nullptr, -1.0F, 1.0F},
        {"convolution", convolution_operands, image_result, SINTER_BENCH_ROLES(convolution), nullptr, "",
         limit::fma, convolution_flops, nullptr, -1.0F, 1.0F},
    };
    all.front().baseline.clear();  // the sentence is the baseline of its relatives, not its own
    return all;
}

}  // namespace

std::vector<formula> const& formulas() {
    static std::vector<formula> const all = make_formulas();
    return all;
}

formula const& find(std::string const& name) {
    for (auto const& f : formulas())
        if (f.name == name) return f;
    throw std::logic_error("no formula is named " + name);
}

std::vector<benchmark_case> all_cases() {
    struct {
        std::vector<benchmark_case> cases;
        void add(std::string const& name, std::string const& suffix, extents const& size) {
            cases.push_back({name + "/" + suffix, &find(name), size});
        }
    } list;
    for (std::size_t d : {48, 64, 80, 128})
        for (std::size_t n : {512, 777, 1000, 2048, 4096})
            list.add("attention", "d=" + std::to_string(d) + ",n=" + std::to_string(n), {n, n, d, d});
    for (auto const* kind : {"bias", "causal", "soft_cap", "sigmoid", "cosine"})
        list.add(std::string("attention_") + kind, "d=64,n=1000", {1000, 1000, 64, 64});
    list.add("attention_causal", "d=64,n=4096", {4096, 4096, 64, 64});
    list.add("attention_window", "256,d=64,n=8192", {8192, 8192, 64, 64});
    list.add("attention_prefix", "1024,d=64,n=4096", {4096, 4096, 64, 64});
    list.add("attention_documents", "8,d=64,n=4096", {4096, 4096, 64, 64});
    list.add("attention_alibi", "d=64,n=4096", {4096, 4096, 64, 64});
    list.add("attention_lengths", "8 sequences,d=64,n=512", {512, 512, 64, 64, 8, 8});
    list.add("attention_cross", "d=64,n=128,m=4096", {128, 4096, 64, 64});
    list.add("attention_grouped", "32:8 heads,d=64,n=512", {512, 512, 64, 64, 32, 8});
    list.add("attention_decode", "16 heads,d=64,m=16384", {1, 16384, 64, 64, 16, 16});
    for (auto const* layout : {"nn", "tn", "nt", "tt"})
        for (std::size_t n : {64, 96, 128, 200, 256, 384, 512, 768, 1024})
            list.add(std::string("product_") + layout, "n=" + std::to_string(n), {n, n, 1, n});
    list.add("kernel_sum", "d=3,n=4096", {4096, 4096, 3, 1});
    list.add("softmax_rows", "1000x1000", {1000, 1, 1, 1000});
    list.add("layer_norm_rows", "1000x1000", {1000, 1, 1, 1000});
    list.add("elementwise", "n=1000", {1000, 1, 1, 1});
    list.add("elementwise", "n=100000", {100000, 1, 1, 1});
    list.add("elementwise", "n=10000000", {10000000, 1, 1, 1});
    list.add("perceptron", "n=512,256-1024-256", {512, 1024, 256, 256});
    list.add("convolution", "3x3,64-64,56x56", {56, 64, 3, 64});
    list.add("convolution", "3x3,256-256,14x14", {14, 256, 3, 256});
    list.add("convolution", "3x3,3-64,224x224", {224, 3, 3, 64});
    return list.cases;
}

}  // namespace bench
