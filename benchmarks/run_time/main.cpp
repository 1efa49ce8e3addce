// SPDX-License-Identifier: BSL-1.0
#include <CLI/CLI.hpp>

#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>
#include <memory>
#include <regex>

#include "measure.hpp"
#include "report.hpp"

namespace {

constexpr int wrong_result = 1, bad_usage = 2;

struct options {
    bench::settings how;
    std::string filter, json, python;
    bool list = false, no_peer = false;
    double milliseconds = 20;
    int cpu = -1;
};

void declare(CLI::App& app, options& o) {
    app.add_option("--filter", o.filter, "Only cases whose name matches this regular expression");
    app.add_flag("--list", o.list, "Print the names of the cases and stop");
    app.add_option("--repetitions", o.how.repetitions, "Rounds of each case")
        ->capture_default_str()->check(CLI::Range(1, 10000));
    app.add_option("--min-time", o.milliseconds, "Shortest round of a contender, in milliseconds")
        ->capture_default_str()->check(CLI::Range(0.01, 60000.0));
    app.add_option("--json", o.json, "Write all figures to this file");
    app.add_option("--cpu", o.cpu, "The CPU to stay on; the current one unless given")->check(CLI::NonNegativeNumber);
    app.add_option("--torch", o.python, "A Python with PyTorch 2.5 or newer, which joins as a peer");
    app.add_flag("--no-peer", o.no_peer, "Leave the Eigen peers out");
}

std::vector<bench::benchmark_case> chosen_cases(std::string const& filter) {
    auto cases = bench::all_cases();
    if (filter.empty()) return cases;
    std::regex const wanted(filter);
    std::erase_if(cases, [&](auto const& c) { return !std::regex_search(c.name, wanted); });
    return cases;
}

int cannot_write(std::string const& path) {
    std::fprintf(stderr, "run_time: cannot write %s\n", path.c_str());
    return bad_usage;
}

int run(options o, std::vector<bench::benchmark_case> const& cases) {
    int const cpu = o.cpu >= 0 ? o.cpu : bench::current_cpu();
    if (!bench::pin_to(cpu)) {
        std::fprintf(stderr, "run_time: cannot stay on CPU %d\n", cpu);
        return bad_usage;
    }
    if (!o.json.empty() && !std::ofstream(o.json, std::ios::app)) return cannot_write(o.json);
    std::unique_ptr<bench::torch_peer> torch;     // started here, so that it stays on the same CPU
    if (!o.python.empty()) torch = std::make_unique<bench::torch_peer>(o.python);
    o.how.torch = torch.get();
    // Whole intermediates of the peers keep their pages. With the defaults the cost of fetching them anew depends on
    // which cases ran before.
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    auto const machine = bench::machine::observe(cpu);
    bench::print_heading(machine);
    std::vector<bench::case_result> results;
    for (auto const& c : cases) {
        std::fprintf(stderr, "[%zu/%zu] %s\n", results.size() + 1, cases.size(), c.name.c_str());
        results.push_back(bench::run_case(c, o.how));
        bench::print_row(results.back(), machine);
    }
    if (!o.json.empty() && !bench::write_json(o.json, machine, o.how, results)) return cannot_write(o.json);
    auto const wrong = std::count_if(results.begin(), results.end(), [](auto const& r) { return !r.right(); });
    std::fprintf(stderr, "%zu cases, %td of them with a wrong result\n", results.size(), wrong);
    return wrong == 0 ? 0 : wrong_result;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Times sinter against this machine's limits and against Eigen and PyTorch, in interleaved rounds.\n"
                 "Every result is compared with plain loops in double before it is timed.\n"
                 "Exit status: 0 all right, 1 a wrong result, 2 bad usage.", "run_time"};
    options o;
    declare(app, o);
    try {
        app.parse(argc, argv);
        o.how.shortest = o.milliseconds * 1e-3;
        o.how.with_peer = !o.no_peer;
        auto const cases = chosen_cases(o.filter);
        if (cases.empty()) throw CLI::ValidationError("--filter", "no case matches " + o.filter);
        if (!o.list) return run(o, cases);
        for (auto const& c : cases) std::puts(c.name.c_str());
        return 0;
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : bad_usage;
    } catch (std::regex_error const&) {
        std::fprintf(stderr, "run_time: --filter: not a regular expression: %s\n", o.filter.c_str());
        return bad_usage;
    } catch (std::runtime_error const& error) {
        std::fprintf(stderr, "run_time: %s\n", error.what());
        return bad_usage;
    }
}
