// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"

#include <sched.h>
#include <time.h>

#include <algorithm>

namespace bench {
namespace {

double thread_seconds() {
    timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

// Doubles the number of calls until a round lasts long enough; this is the warm-up as well.
std::size_t calls_lasting(std::function<double(std::size_t)> const& seconds, double shortest) {
    for (std::size_t calls = 1;; calls *= 2) {
        double const taken = seconds(calls);
        if (taken >= shortest) return calls;
        if (taken >= shortest / 8) return std::size_t(double(calls) * shortest * 1.1 / taken) + 1;
    }
}

double at_fraction(std::vector<double> const& sorted, double fraction) {
    double const place = fraction * double(sorted.size() - 1);
    auto const below = std::size_t(place);
    auto const above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::function<double(std::size_t)> timed(std::function<void()> run) {
    return [run = std::move(run)](std::size_t calls) {
        double const start = thread_seconds();
        for (std::size_t i = 0; i < calls; ++i) run();
        return thread_seconds() - start;
    };
}

bool pin_to(int cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(cpu), &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

int current_cpu() { return sched_getcpu(); }

spread spread_of(std::vector<double> sample) {
    if (sample.empty()) return {};
    std::sort(sample.begin(), sample.end());
    return {sample.front(), at_fraction(sample, 0.25), at_fraction(sample, 0.5), at_fraction(sample, 0.75),
            sample.back()};
}

std::vector<std::vector<double>> interleaved_seconds(std::vector<contender> const& contenders,
                                                     std::size_t rounds, double shortest) {
    std::size_t const count = contenders.size();
    std::vector<std::size_t> calls;
    for (auto const& c : contenders) calls.push_back(calls_lasting(c.seconds, shortest));
    std::vector<std::vector<double>> seconds(count, std::vector<double>(rounds));
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t const which = (round + i) % count;
            seconds[which][round] = contenders[which].seconds(calls[which]) / double(calls[which]);
        }
    return seconds;
}

double median_seconds(std::function<void()> const& run, std::size_t rounds, double shortest) {
    return spread_of(interleaved_seconds({{"", timed(run), 0}}, rounds, shortest)[0]).median;
}

std::vector<double> ratios(std::vector<double> const& a, std::vector<double> const& b) {
    std::vector<double> r(a.size());
    std::transform(a.begin(), a.end(), b.begin(), r.begin(), [](double x, double y) { return x / y; });
    return r;
}

std::vector<double> rates(double work, std::vector<double> const& seconds) {
    std::vector<double> r;
    for (double s : seconds) r.push_back(work / s);
    return r;
}

}  // namespace bench
