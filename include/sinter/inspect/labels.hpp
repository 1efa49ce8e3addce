// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/infix.hpp>

#include <memory>
#include <string>

/// Text that grows, and short names for the nodes of a graph that deserve one.
namespace sinter::ir {

struct prose {
    std::string text;

    prose& operator<<(std::string_view s) { return text += s, *this; }
    prose& operator<<(char const* s) { return text += s, *this; }
    prose& operator<<(char c) { return text += c, *this; }
    template <class I>
        requires std::is_integral_v<I>
    prose& operator<<(I v) { return text += std::to_string(v), *this; }
};

/// Reductions are called m (extremes), S (sums), P (products), U (the user's); what is used more than once is called t;
/// the factor that corrects a sum is called r.
struct labels {
    std::unique_ptr<label[]> of;
    std::unique_ptr<bool[]> live;

    explicit labels(program_ref const& p)
        : of(new label[static_cast<std::size_t>(p.size)]()), live(new bool[static_cast<std::size_t>(p.size)]()) {
        p.mark_live(live.get());
        for (int i = 0; i < p.size; ++i)
            if (live[at(i)]) of[at(i)].letter = letter(p, i);
        for (int s = 0; s < p.steps; ++s) {
            int const r = p.step[s].ratio;
            if (r >= 0) of[at(r)].letter = 'r';
        }
        for (char const c : std::string_view("mnSPUtr")) number(p, c);
    }

  private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    char letter(program_ref const& p, int i) const {
        auto const& x = p.nodes[i];
        if (x.is_reduce()) {
            switch (x.combine) {
                case monoid::sum: return 'S';
                case monoid::product: return 'P';
                case monoid::user: return 'U';
                case monoid::minimum: case monoid::argmin: return 'n';
                default: return 'm';
            }
        }
        bool const trivial = x.is_leaf() || infix<prose>::is_guard(x) || x.is_map(op::inverse_or_zero) || !x.axes;
        return !trivial && !p.is_root(i) && users(p, i) > 1 ? 't' : char{};
    }

    int users(program_ref const& p, int i) const {
        int n = 0;
        for (int u = i + 1; u < p.size; ++u) {
            bool uses = false;
            for (int a = 0; a < p.nodes[u].arity; ++a) uses = uses || p.nodes[u].arg[a] == i;
            n += uses && live[at(u)];
        }
        return n;
    }

    void number(program_ref const& p, char letter) {
        std::int16_t n = 0;
        int last = -1;
        for (int i = 0; i < p.size; ++i)
            if (of[at(i)].letter == letter) of[at(i)].number = ++n, last = i;
        if (n == 1) of[at(last)].number = 0;
    }
};

}  // namespace sinter::ir
