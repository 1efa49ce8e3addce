// SPDX-License-Identifier: BSL-1.0
// The largest error of each elementwise function on floats, in ULP of the exact result, as the tables of docs/accuracy.md.
// The reference is the C library in double, whose own errors are some 10⁻⁸ ULP of a float.
#include "functions.hpp"
#include "worst_case.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace {

using accuracy::worst_case;

double normal(double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440); }
double sigmoid_of(double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
double soft_part(double x) { return (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }
double times(double x, double weight) { return weight == 0 ? 0 * weight : x * weight; }   // −∞ · 0 is the limit, 0

struct measured {
    std::string_view name;
    double (*reference)(double);
    bool in_all;
};

constexpr measured list[] = {
#define SINTER_MEASURED(name, reference, all) {#name, [](double x) -> double { return reference; }, all},
    SINTER_ACCURACY_FUNCTIONS(SINTER_MEASURED)
#undef SINTER_MEASURED
};

bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
bool has_avx512() { return __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"); }

struct options {
    bool all = false;
    std::string only;
    unsigned threads = std::max(1u, std::thread::hardware_concurrency());
};

constexpr std::size_t floats_at_once = 4096;

/// What each build gives for the floats whose bits are first, first + step, …
void visit(std::uint64_t first, std::uint64_t step, measured const& f, std::vector<accuracy::function> const& builds,
           std::vector<worst_case>& worst) {
    constexpr std::size_t n = floats_at_once;
    std::array<float, n> x, y;
    std::array<double, n> want;
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = std::bit_cast<float>(static_cast<std::uint32_t>(first + i * step));
        want[i] = f.reference(static_cast<double>(x[i]));
    }
    for (std::size_t b = 0; b < builds.size(); ++b) {
        builds[b](x, y);
        for (std::size_t i = 0; i < n; ++i) worst[b].judge(x[i], y[i], want[i]);
    }
}

std::vector<worst_case> measure(measured const& f, std::vector<accuracy::function> const& builds, std::uint64_t step,
                                unsigned threads) {
    constexpr std::uint64_t floats = std::uint64_t{1} << 32;
    std::uint64_t const chunk = floats_at_once * step;
    std::atomic<std::uint64_t> next = 0;
    std::vector<std::vector<worst_case>> found(threads, std::vector<worst_case>(builds.size()));
    std::vector<std::jthread> running;
    for (auto& worst : found)
        running.emplace_back([&] {
            for (std::uint64_t first; (first = next.fetch_add(chunk)) < floats;) {
                if (first / (floats / 100) != (first + chunk) / (floats / 100))
                    std::fprintf(stderr, "\r%-10s %3d %%", f.name.data(), static_cast<int>(first / (floats / 100)));
                visit(first, step, f, builds, worst);
            }
        });
    running.clear();
    std::fprintf(stderr, "\r%20s\r", "");
    std::vector<worst_case> worst(builds.size());
    for (auto const& one : found)
        for (std::size_t b = 0; b < one.size(); ++b) worst[b].take(one[b]);
    return worst;
}

void print(std::string_view build, measured const& f, std::uint64_t step, worst_case const& worst) {
    std::printf("| `%s` | %s | %s | %.*f | %.9g | %.2f |", f.name.data(), build.data(), step == 1 ? "all" : "every 61st",
                worst.ulps < 1000 ? 2 : 0, worst.ulps, worst.at, worst.of_argument);
    if (worst.special_wrong) std::printf(" infinite, NaN or not 0, other than it should, first at %.9g", worst.special_at);
    std::puts(" |");
    std::fflush(stdout);
}

int run(options const& o, std::vector<accuracy::build> const& builds) {
    std::puts("| function | instructions | floats visited | largest error in ULP | at | in ULP of the argument, where that is "
              "larger | besides |\n|---|---|---|---|---|---|---|");
    for (std::size_t i = 0; i < std::size(list); ++i) {
        if (!o.only.empty() && o.only != list[i].name) continue;
        std::vector<accuracy::function> of_builds;
        for (auto const& b : builds) of_builds.push_back(b.functions()[i]);
        std::uint64_t const step = o.all && (list[i].in_all || !o.only.empty()) ? 1 : 61;
        auto const worst = measure(list[i], of_builds, step, o.threads);
        for (std::size_t b = 0; b < builds.size(); ++b) print(builds[b].name, list[i], step, worst[b]);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    options o;
    CLI::App app{"The largest errors of elementwise functions on floats, as a table, for each instruction set that runs here"};
    app.add_flag("--all", o.all, "exp, log, tanh, erf, sigmoid, silu and gelu over all 2^32 floats instead of every 61st");
    std::vector<std::string> names;
    for (auto const& f : list) names.emplace_back(f.name);
    app.add_option("--function", o.only, "Only this function")->check(CLI::IsMember(names));
    app.add_option("--threads", o.threads, "Threads")->capture_default_str()->check(CLI::Range(1u, 1024u));
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    std::vector<accuracy::build> builds{{"AVX2", has_avx2, accuracy::functions_avx2},
                                        {"AVX-512", has_avx512, accuracy::functions_avx512}};
    std::erase_if(builds, [](auto const& b) { return !b.runs_here(); });
    if (builds.empty()) return std::fputs("accuracy: this processor has neither AVX2 nor AVX-512\n", stderr), 2;
    return run(o, builds);
}
