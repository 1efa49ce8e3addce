// SPDX-License-Identifier: BSL-1.0
#include "run_case.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <functional>
#include <limits>
#include <random>

#include "limits.hpp"
#include "measure.hpp"

namespace bench {
namespace {

// Sums of a few thousand float products stay an order of magnitude below this.
constexpr double tolerance = 2e-5;

problem make_problem(benchmark_case const& c) {
    problem p{c.size, {}, buffer(c.what->result(c.size))};
    std::mt19937 random(20240229);
    std::uniform_real_distribution<float> uniform(c.what->low, c.what->high);
    for (std::size_t size : c.what->operands(c.size)) {
        auto& operand = p.in.emplace_back(size);
        for (std::size_t i = 0; i < size; ++i) operand[i] = uniform(random);
    }
    return p;
}

// The result is poisoned first: an element that is not written is a wrong one.
double error_of(std::function<void(problem const&)> const& run, problem const& p, std::vector<double> const& expected) {
    for (std::size_t i = 0; i < p.out.size(); ++i) p.out[i] = std::numeric_limits<float>::quiet_NaN();
    run(p);
    double deviation = 0, largest = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        double const difference = std::abs(double(p.out[i]) - expected[i]);
        if (!(difference <= std::numeric_limits<double>::max())) return HUGE_VAL;
        deviation = std::max(deviation, difference);
        largest = std::max(largest, std::abs(expected[i]));
    }
    return deviation / largest;
}

struct entry {
    std::string name;
    kernel run;
    formula const* what;
};

std::vector<entry> entries_of(formula const& f, bool with_peer) {
    std::vector<entry> all{{"sinter", f.subject, &f}};
    if (with_peer) {
        all.push_back({"eigen", f.peer, &f});
        all.push_back({"tuned eigen", f.tuned, &f});
    }
    if (!f.baseline.empty() && f.subject) all.push_back({"baseline", find(f.baseline).subject, &find(f.baseline)});
    std::erase_if(all, [](entry const& e) { return e.run == nullptr; });
    return all;
}

outcome check(std::string const& name, std::function<void(problem const&)> const& run, problem const& p,
              std::vector<double> const& expected) {
    outcome result;
    result.name = name;
    try {
        result.error = error_of(run, p, expected);
        result.right = result.error <= tolerance;
    } catch (std::exception const& thrown) {
        result.right = false;
        result.thrown = thrown.what();
    }
    return result;
}

/// PyTorch, where it has the formula.
void add_torch(torch_peer& torch, formula const& f, problem const& p, double work, case_result& result,
               std::vector<contender>& contenders) {
    if (!torch.prepare(f, p)) return;
    std::vector<double> expected(p.out.size());
    f.reference(p, expected.data());
    outcome checked = check("torch", [&](problem const& q) { torch.run(q); }, p, expected);
    checked.work = work;
    result.outcomes.push_back(checked);
    if (checked.right) contenders.push_back({"torch", [&](std::size_t calls) { return torch.seconds(calls); }, work});
}

}  // namespace

outcome const* case_result::find(std::string const& name) const {
    for (auto const& o : outcomes)
        if (o.name == name) return &o;
    return nullptr;
}

outcome const* case_result::timed(std::string const& name) const {
    auto const* o = find(name);
    return o && !o->seconds.empty() ? o : nullptr;
}

bool case_result::right() const {
    for (auto const& o : outcomes)
        if (!o.right) return false;
    return true;
}

case_result run_case(benchmark_case const& what, settings const& how) {
    formula const& f = *what.what;
    problem const p = make_problem(what);
    case_result result{what, {}};
    std::vector<contender> contenders;
    double const work = f.work(what.size);
    if (f.against == limit::fma) contenders.push_back({"limit", timed(fma_loop), fma_loop_flops()});
    else contenders.push_back({"limit", timed(copy_loop(std::size_t(work))), work});
    result.outcomes.push_back({"limit", contenders[0].work, 0, true, "", {}});

    std::vector<double> expected(p.out.size());
    for (auto const& e : entries_of(f, how.with_peer)) {
        e.what->reference(p, expected.data());
        outcome checked = check(e.name, e.run, p, expected);
        checked.work = work;
        result.outcomes.push_back(checked);
        if (checked.right) contenders.push_back({e.name, timed([&p, run = e.run] { run(p); }), work});
    }
    if (how.torch) add_torch(*how.torch, f, p, work, result, contenders);
    if (contenders.size() == 1) return result;  // nothing to compare with the limit

    auto const seconds = interleaved_seconds(contenders, how.repetitions, how.shortest);
    for (auto& o : result.outcomes)
        for (std::size_t i = 0; i < contenders.size(); ++i)
            if (contenders[i].name == o.name) o.seconds = seconds[i];
    return result;
}

}  // namespace bench
