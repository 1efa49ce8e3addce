// SPDX-License-Identifier: BSL-1.0
//
// The attention of a real transformer: Q, K and V of every head of one layer of all-MiniLM-L6-v2, read from .npy files,
// evaluated as one fused pass a head, and compared with what PyTorch got. `--help` lists what else it does.

#include "input.hpp"
#include "options.hpp"
#include "peak.hpp"
#include "picture.hpp"

#include <sinter/notation.hpp>
#include <sinter/sinter.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

namespace {

using source = sinter::view<float const, sinter::dyn, sinter::dyn>;
using target = sinter::view<float, sinter::dyn, sinter::dyn>;

/// One head: parts of the arrays (heads, n, d), not copies.
struct head {
    source q, k, v;                             // (n,d)
    target o;
};

/// O = softmax(QKᵀ/√d)V
auto attention(source const& Q, source const& K, source const& V) {
    using namespace sinter::notation;
    using std::sqrt;
    float const d = static_cast<float>(Q.extent(1));
    return softmax(Q*K^T/sqrt(d))*V;            // (n,d) × (d,n) → (n,n) → (n,d)
}

/// W = softmax(QKᵀ/√d), which attention never stores; here it is the result.
auto attention_weights(source const& Q, source const& K) {
    using namespace sinter::notation;
    using std::sqrt;
    float const d = static_cast<float>(Q.extent(1));
    return softmax(Q*K^T/sqrt(d));              // (n,n)
}

std::vector<head> split(input const& in, std::vector<float>& result) {
    std::vector<head> heads;
    for (std::size_t h = 0; h < in.heads; ++h) {
        std::size_t const at = h * in.n * in.d;
        heads.push_back({source(in.q.data() + at, in.n, in.d), source(in.k.data() + at, in.n, in.d),
                         source(in.v.data() + at, in.n, in.d), target(result.data() + at, in.n, in.d)});
    }
    return heads;
}

void evaluate(std::vector<head>& heads) {
    for (auto& [q, k, v, o] : heads) o = attention(q, k, v);
}

/// One row of the result of the first head, by plain loops in double.
std::vector<double> plain_row(input const& in, std::size_t i) {
    std::vector<double> score(in.n), row(in.d);
    for (std::size_t j = 0; j < in.n; ++j)
        for (std::size_t c = 0; c < in.d; ++c) score[j] += double(in.q(0, i, c)) * in.k(0, j, c);
    double const largest = *std::max_element(score.begin(), score.end()), scale = std::sqrt(double(in.d));
    double sum = 0;
    for (auto& s : score) sum += s = std::exp((s - largest) / scale);
    for (std::size_t j = 0; j < in.n; ++j)
        for (std::size_t c = 0; c < in.d; ++c) row[c] += score[j] / sum * in.v(0, j, c);
    return row;
}

/// The largest |a − b|; NaN counts as infinite.
template <class A, class B>
double largest_error(A const* a, B const* b, std::size_t count) {
    double largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        double const error = std::abs(double(a[i]) - double(b[i]));
        largest = error >= 0 ? std::max(largest, error) : INFINITY;
    }
    return largest;
}

/// Prints the error and says whether it is small: a few roundings of float.
bool report_error(double error, char const* against) {
    constexpr double tolerance = 1e-5;
    bool const right = error <= tolerance;
    std::printf("largest error  %.1e against %s: %s\n", error, against, right ? "right" : "WRONG (more than 1e-05)");
    return right;
}

void report_time(input const& in, std::vector<head>& heads, std::size_t repeat) {
    double peak = peak::gflops();
    std::vector<double> times(repeat);
    for (auto& time : times) time = peak::seconds([&] { evaluate(heads); });
    peak = std::max(peak, peak::gflops());
    double const n = double(in.n), flops = 4 * n * n * double(in.d) * double(in.heads);
    double const time = peak::median(times), gflops = flops / time * 1e-9;
    std::printf("time           %.1f µs for %zu head%s, median of %zu\n", time * 1e6, in.heads,
                in.heads == 1 ? "" : "s", repeat);
    std::printf("speed          %.1f GFLOP/s of the %.1f GFLOP/s FMA peak of one thread: %.0f %%\n", gflops, peak,
                100 * gflops / peak);
    std::printf("               (4·n²·d = %.3g flop a head, exponentials not counted)\n", flops / double(in.heads));
    if (in.n < 256)
        std::puts("               so few tokens cannot fill the pipeline; --synthetic 2048 shows the speed at size");
}

/// What one token looks at, the five largest weights.
void print_row(input const& in, float const* weights, std::size_t h, std::size_t row) {
    std::vector<std::size_t> order(in.n);
    std::iota(order.begin(), order.end(), std::size_t(0));
    auto const shown = order.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(5, in.n));
    std::partial_sort(order.begin(), shown, order.end(), [&](auto a, auto b) { return weights[a] > weights[b]; });
    std::printf("\nIn head %zu, '%s' looks at\n", h, in.tokens[row].c_str());
    for (auto i = order.begin(); i != shown; ++i)
        std::printf("  %-12s %5.1f %%  %s\n", in.tokens[*i].c_str(), 100.0 * weights[*i],
                    std::string(static_cast<std::size_t>(std::lround(40 * std::max(0.0f, weights[*i]))), '#').c_str());
}

void draw(input const& in, options const& o, float const* weights, std::size_t h, std::size_t row) {
    if (in.n < 2) return void(std::puts("\nno picture: there is only one token"));
    if (!picture::gnuplot_exists())
        return void(std::puts("\nno picture: gnuplot is not installed (Debian: apt-get install gnuplot-nox)"));
    bool const drawn = picture::draw({{weights, in.n * in.n}, in.tokens, row,
                                      "attention weights softmax(QKᵀ/√d) of head " + std::to_string(h), o.out});
    if (!drawn) throw bad_input(o.out + ": gnuplot could not write the picture");
    std::printf("\npicture        %s\n", o.out.c_str());
}

int run_synthetic(options const& o) {
    auto const in = make_input(o.synthetic);
    std::vector<float> result(in.q.size());
    auto heads = split(in, result);
    std::printf("O = softmax(Q*K^T/sqrt(d))*V on random data: %zu tokens, d = %zu\n\n", in.n, in.d);
    evaluate(heads);
    double error = 0;
    for (std::size_t i : {std::size_t(0), in.n / 3, in.n / 2, in.n - 1})
        error = std::max(error, largest_error(result.data() + i * in.d, plain_row(in, i).data(), in.d));
    bool const right = report_error(error, "plain loops in double, four rows");
    report_time(in, heads, o.repeat);
    return right ? 0 : 1;
}

int run_files(options const& o) {
    auto const in = read_input(o);
    auto const h = chosen_head(o, in), row = chosen_row(o, in);
    if (picture::gnuplot_exists() && !std::ofstream(o.out, std::ios::app)) throw bad_input(o.out + ": cannot be written");
    std::vector<float> result(in.q.size()), weights(in.n * in.n);
    auto heads = split(in, result);
    std::printf("O = softmax(Q*K^T/sqrt(d))*V: %zu heads, %zu tokens, d = %zu\nfrom %s and its neighbours\n\n", in.heads,
                in.n, in.d, o.q.c_str());
    evaluate(heads);
    bool right = true;
    if (!o.reference.empty())
        right = report_error(largest_error(result.data(), in.reference.data(), result.size()), o.reference.c_str());
    report_time(in, heads, o.repeat);

    target W(weights.data(), in.n, in.n);
    W = attention_weights(heads[h].q, heads[h].k);
    print_row(in, weights.data() + row * in.n, h, row);
    std::fflush(stdout);
    std::cout << "\nexplain(e):\n" << sinter::explain(attention(heads[h].q, heads[h].k, heads[h].v)) << std::endl;
    draw(in, o, weights.data(), h, row);
    return right ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::string message;
    try {
        auto const o = parse(argc, argv);
        if (!o) return 0;
        return o->synthetic != 0 ? run_synthetic(*o) : run_files(*o);
    } catch (bad_input const& error) {
        message = error.what();
    } catch (sinter::file_error const& error) {
        message = error.what();
    }
    std::fprintf(stderr, "attention: %s\n", message.c_str());
    return 2;
}
