// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "limits.hpp"
#include "measure.hpp"

#ifndef SINTER_BENCH_FLAGS
#define SINTER_BENCH_FLAGS ""
#endif

namespace bench {
namespace {

std::string cpu_name() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
    return "unknown";
}

// "median [lower quartile..upper quartile]"
std::string figure(std::vector<double> const& sample, char const* format) {
    spread const s = spread_of(sample);
    char text[64];
    std::snprintf(text, sizeof text, format, s.median, s.lower, s.upper);
    return text;
}

constexpr char const* rate_format = "%.1f [%.1f..%.1f]";
constexpr char const* fraction_format = "%.2f [%.2f..%.2f]";

std::vector<double> rates_of(outcome const& o) {
    std::vector<double> r = rates(o.work, o.seconds);
    for (double& x : r) x *= 1e-9;
    return r;
}

// A rate, and its fraction of the limit in the same rounds.
struct columns {
    std::string rate = "-", fraction = "-";
    columns(outcome const* o, outcome const& limit) {
        if (!o) return;
        rate = figure(rates_of(*o), rate_format);
        fraction = figure(ratios(rates_of(*o), rates_of(limit)), fraction_format);
    }
};

// The expert's version of the peer, and how far ahead of it the subject is.
std::string tuned_peer(case_result const& r) {
    auto const *subject = r.timed("sinter"), *tuned = r.timed("tuned eigen");
    if (!tuned) return "";
    std::string text = "tuned Eigen " + figure(rates_of(*tuned), rate_format);
    if (subject) text += ", sinter : tuned Eigen " + figure(ratios(tuned->seconds, subject->seconds), fraction_format);
    return text + "; ";
}

std::string torch_peer_of(case_result const& r) {
    auto const *subject = r.timed("sinter"), *torch = r.timed("torch");
    if (!torch) return "";
    std::string text = "PyTorch " + figure(rates_of(*torch), rate_format);
    if (subject) text += ", sinter : PyTorch " + figure(ratios(torch->seconds, subject->seconds), fraction_format);
    return text + "; ";
}

// What the contractions leave unexplained: time a pair, cycles a pair, and the ratio to the baseline.
std::string remarks(case_result const& r, machine const& m) {
    spread const rounds = spread_of(r.find("limit")->seconds);
    std::string text = rounds.upper > 1.1 * rounds.lower ? "NOISY; " : "";
    text += tuned_peer(r) + torch_peer_of(r);
    char part[160];
    auto const* subject = r.timed("sinter");
    auto const* shown = subject ? subject : r.timed("eigen");
    if (auto const* base = r.timed("baseline"); base && subject) {
        double const pairs = r.what.what->pairs(r.what.size);
        double const extra = spread_of(subject->seconds).median - spread_of(base->seconds).median;
        text += figure(ratios(subject->seconds, base->seconds), "%.2f [%.2f..%.2f] x the time of ");
        std::snprintf(part, sizeof part, "%s, %+.3f ns a pair", r.what.what->baseline.c_str(),
                      extra / pairs * 1e9);
        text += part;
    } else if (r.what.what->pairs && r.what.what->name == "kernel_sum" && shown) {
        double const ns = spread_of(shown->seconds).median / r.what.what->pairs(r.what.size) * 1e9;
        std::snprintf(part, sizeof part, "%s: %.3f ns a pair, %.2f cycles", shown->name.c_str(), ns,
                      ns * m.gigahertz);
        text += part;
    }
    for (auto const& o : r.outcomes)
        if (!o.right) {
            std::snprintf(part, sizeof part, " %s IS WRONG: relative error %.2g", o.name.c_str(), o.error);
            text += o.thrown.empty() ? part : " " + o.name + " THROWS: " + o.thrown;
        }
    return text;
}

}  // namespace

machine machine::observe(int pinned_to) {
    return {cpu_name(), __VERSION__, SINTER_BENCH_FLAGS, bench::instruction_set(), pinned_to, estimate_gigahertz(),
            bench::unit_costs()};
}

void print_heading(machine const& m) {
    std::printf("%s at about %.2f GHz, CPU %d; compiler %s %s; %s\n", m.cpu.c_str(), m.gigahertz, m.pinned_to,
                m.compiler.c_str(), m.flags.c_str(), m.instruction_set.c_str());
    if (double load = 0; getloadavg(&load, 1) == 1) std::printf("load average at the start: %.2f\n", load);
    std::printf("in cache, ns an element:");
    for (auto const& [name, cost] : m.unit_costs) std::printf(" %s %.3f", name.c_str(), cost);
    std::printf("\nfp32, one thread; G/s = GFLOP/s, or GB/s where the limit is memcpy; median [quartiles] of rounds;\n"
                "of limit = of the FMA peak, or of memcpy, in the same round; NOISY = the limit moved by a tenth\n\n");
    std::printf("%-30s | %-20s | %-20s | %-17s | %-20s | %-17s | %-17s | %s\n", "case", "limit G/s", "sinter G/s",
                "of limit", "Eigen G/s", "of limit", "sinter : Eigen", "remarks");
}

void print_row(case_result const& r, machine const& m) {
    outcome const& limit = *r.find("limit");
    auto const *subject = r.timed("sinter"), *peer = r.timed("eigen");
    columns const own(subject, limit), other(peer, limit);
    std::string const peak = limit.seconds.empty() ? "-" : figure(rates_of(limit), rate_format);
    std::string const ratio =
        subject && peer ? figure(ratios(peer->seconds, subject->seconds), fraction_format) : "-";
    std::printf("%-30s | %-20s | %-20s | %-17s | %-20s | %-17s | %-17s | %s\n", r.what.name.c_str(), peak.c_str(),
                own.rate.c_str(), own.fraction.c_str(), other.rate.c_str(), other.fraction.c_str(), ratio.c_str(),
                remarks(r, m).c_str());
    std::fflush(stdout);
}

bool write_json(std::string const& path, machine const& m, settings const& how,
                std::vector<case_result> const& results) {
    nlohmann::ordered_json root{
        {"machine",
         {{"cpu", m.cpu}, {"compiler", m.compiler}, {"flags", m.flags}, {"instruction_set", m.instruction_set},
          {"pinned_to", m.pinned_to}, {"gigahertz", m.gigahertz},
          {"unit_costs_ns", std::map<std::string, double>(m.unit_costs.begin(), m.unit_costs.end())}}},
        {"repetitions", how.repetitions},
        {"shortest_round_seconds", how.shortest},
        {"cases", nlohmann::ordered_json::array()}};
    for (auto const& r : results) {
        bool const is_memory = r.what.what->against == limit::memory;
        nlohmann::ordered_json one{{"name", r.what.name}, {"limit", is_memory ? "memcpy" : "fma"},
                                   {"unit_of_work", is_memory ? "byte" : "flop"}};
        for (auto const& o : r.outcomes)
            one["outcomes"].push_back({{"name", o.name}, {"work", o.work}, {"error", o.error},
                                       {"right", o.right}, {"thrown", o.thrown}, {"seconds", o.seconds}});
        root["cases"].push_back(std::move(one));
    }
    std::ofstream file(path);
    file << root.dump(1) << '\n';
    return bool(file.flush());
}

}  // namespace bench
