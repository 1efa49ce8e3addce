// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

#include <cstdint>
#include <string_view>

/// The text of an Einstein sum, "bhid,bhjd->bhij", read.
namespace sinter::ir {

/// What can be wrong with it.
enum class slip : std::uint8_t {
    none,
    character,      ///< is no letter, comma, arrow or ellipsis
    dots,           ///< no ellipsis, or a second one
    arrow,          ///< half of one, or a second one
    operands,       ///< more or fewer operands than the text names
    rank,           ///< more or fewer indices than the operand has axes
    unknown,        ///< an index of the result that stands at no operand
    twice,          ///< an index of the result that stands there already
    dropped,        ///< the axes of the ellipsis are missing in the result
    too_many,       ///< axes of the result
};

/// The indices of the operands and of the result, as numbers: letters in the order of their codes, as NumPy sorts them,
/// then the axes of the ellipsis, the last one first.
struct subscripts {
    static constexpr int letters = 52, count = letters + max_rank;
    int operands = 0, out_rank = 0;
    std::int8_t rank[max_arguments] = {};
    std::int8_t index[max_arguments][max_rank] = {};
    std::int8_t out[max_rank] = {};
    ir::slip slip = slip::none;
    int from = 0, to = 0;           ///< which part of the text is wrong
};

constexpr int index_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    return c >= 'a' && c <= 'z' ? c - 'a' + 26 : -1;
}
constexpr char letter_of(int index) { return static_cast<char>(index < 26 ? 'A' + index : 'a' + index - 26); }

class subscript_reader {
  public:
    constexpr subscript_reader(std::string_view text, int const* ranks, int operands) : text(text), ranks(ranks) {
        s.operands = operands;
    }

    constexpr subscripts read() {
        (void)(operands() && result());
        return s;
    }

  private:
    /// The indices of one operand, or of the result.
    struct group {
        static constexpr int most = 2 * max_rank;
        int size = 0, dots = -1;        ///< the ellipsis stands before index `dots`
        int name[most] = {}, place[most] = {};
        int from = 0, to = 0;
    };

    std::string_view text;
    int const* ranks;
    subscripts s = {};
    int at = 0, dots_rank = 0;
    int uses[subscripts::letters] = {};

    constexpr bool fail(slip what, int from, int to) {
        s.slip = what;
        s.from = from;
        s.to = to;
        return false;
    }

    constexpr int end() const { return static_cast<int>(text.size()); }
    constexpr char now() const { return at < end() ? text[static_cast<std::size_t>(at)] : '\0'; }

    /// Up to a comma, an arrow or the end.
    constexpr bool indices(group& g) {
        while (now() == ' ') ++at;
        g.from = g.to = at;
        for (; at < end() && now() != ',' && now() != '-' && now() != '>'; ++at) {
            if (now() == ' ') continue;
            if (now() == '.') {
                if (text.substr(static_cast<std::size_t>(at), 3) != "..." || g.dots >= 0) return fail(slip::dots, at, at + 1);
                g.dots = g.size;
                at += 2;
            } else if (index_of(now()) < 0) {
                return fail(slip::character, at, at + 1);
            } else {
                if (g.size < group::most) g.name[g.size] = index_of(now()), g.place[g.size] = at;
                ++g.size;
            }
            g.to = at + 1;
        }
        return true;
    }

    constexpr bool arrow() {
        if (text.substr(static_cast<std::size_t>(at), 2) != "->") return fail(slip::arrow, at, at + 1);
        at += 2;
        return true;
    }

    constexpr bool operands() {
        for (int i = 0;; ++i) {
            group g;
            if (!indices(g)) return false;
            if (i == s.operands) return fail(slip::operands, g.from, g.to);
            if (!operand(i, g)) return false;
            if (now() == ',') {
                ++at;
                continue;
            }
            if (i + 1 < s.operands) return fail(slip::operands, at, at);
            return true;
        }
    }

    constexpr bool operand(int i, group const& g) {
        int const rank = ranks[i], dots = rank - g.size;
        if (dots < 0 || (g.dots < 0 && dots > 0)) return fail(slip::rank, g.from, g.to);
        s.rank[i] = static_cast<std::int8_t>(rank);
        int d = 0;
        for (int k = 0; k <= g.size; ++k) {
            if (k == g.dots)
                for (int e = dots; e > 0; --e) s.index[i][d++] = static_cast<std::int8_t>(subscripts::letters + e - 1);
            if (k == g.size) break;
            s.index[i][d++] = static_cast<std::int8_t>(g.name[k]);
            ++uses[g.name[k]];
        }
        if (dots > dots_rank) dots_rank = dots;
        return true;
    }

    constexpr bool put(int index, int from, int to) {
        if (s.out_rank == max_rank) return fail(slip::too_many, from, to);
        s.out[s.out_rank++] = static_cast<std::int8_t>(index);
        return true;
    }

    constexpr bool dots(int from, int to) {
        for (int e = dots_rank; e > 0; --e)
            if (!put(subscripts::letters + e - 1, from, to)) return false;
        return true;
    }

    /// What the arrow says; without one, the indices that stand at one operand, in the order of the alphabet.
    constexpr bool result() {
        if (at == end()) {
            if (!dots(0, end())) return false;
            for (int i = 0; i < subscripts::letters; ++i)
                if (uses[i] == 1 && !put(i, 0, end())) return false;
            return true;
        }
        group g;
        if (!arrow() || !indices(g)) return false;
        if (at < end()) return fail(now() == ',' ? slip::character : slip::arrow, at, at + 1);
        if (g.dots < 0 && dots_rank > 0) return fail(slip::dropped, g.from, g.to);
        if (g.size > group::most) return fail(slip::too_many, g.from, g.to);
        for (int k = 0; k <= g.size; ++k) {
            if (k == g.dots && !dots(g.from, g.to)) return false;
            if (k == g.size) break;
            int const from = g.place[k];
            if (uses[g.name[k]] == 0) return fail(slip::unknown, from, from + 1);
            for (int j = 0; j < k; ++j)
                if (g.name[j] == g.name[k]) return fail(slip::twice, from, from + 1);
            if (!put(g.name[k], from, from + 1)) return false;
        }
        return true;
    }
};

/// `ranks`: of the operands.
constexpr subscripts read_subscripts(std::string_view text, int const* ranks, int operands) {
    subscript_reader reader(text, ranks, operands);
    return reader.read();
}

/// The subscripts of a term of a formula.
constexpr subscripts subscripts_of(term const* terms, term const& t) {
    int ranks[max_arguments] = {};
    for (int i = 0; i < t.arity; ++i) ranks[i] = terms[t.arg[i]].rank;
    return read_subscripts(t.text, ranks, t.arity);
}

}  // namespace sinter::ir
