// SPDX-License-Identifier: BSL-1.0
// How the text of an Einstein sum is read. Everything here is checked by the compiler.
#include <sinter/capture/subscripts.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace sinter::ir;

template <class... R>
constexpr subscripts read(std::string_view text, R... ranks) {
    int const list[] = {ranks..., 0};
    return read_subscripts(text, list, sizeof...(R));
}

/// The indices of an operand, or of the result with −1; the axes of an ellipsis as digits.
constexpr bool are(subscripts const& s, int operand, std::string_view want) {
    int const rank = operand < 0 ? s.out_rank : s.rank[operand];
    bool good = s.slip == slip::none && rank == static_cast<int>(want.size());
    for (int d = 0; good && d < rank; ++d) {
        int const n = operand < 0 ? s.out[d] : s.index[operand][d];
        good = want[static_cast<std::size_t>(d)] == (n < subscripts::letters ? letter_of(n) : '0' + n - subscripts::letters);
    }
    return good;
}

constexpr bool slips(subscripts const& s, slip what, int from, int to) {
    return s.slip == what && s.from == from && s.to == to;
}

constexpr auto product = read("ij,jk->ik", 2, 2);
static_assert(are(product, 0, "ij") && are(product, 1, "jk") && are(product, -1, "ik"));
static_assert(are(read(" i j , jk -> k i ", 2, 2), -1, "ki"));

// ---- without an arrow: what appears once, in the order of the codes ---------------------------------------------------
static_assert(are(read("ij,jk", 2, 2), -1, "ik") && are(read("ba", 2), -1, "ab") && are(read("ii", 2), -1, ""));
static_assert(are(read("aB,Ba,Ca", 2, 2, 2), -1, "C") && are(read("zA", 2), -1, "Az") && are(read("i,i", 1, 1), -1, ""));
static_assert(are(read("", 0), -1, "") && are(read(",ij->ji", 0, 2), 0, "") && are(read(",ij->ji", 0, 2), -1, "ji"));

// ---- diagonals ---------------------------------------------------------------------------------------------------------
static_assert(are(read("ii->i", 2), 0, "ii") && are(read("ii->i", 2), -1, "i") && are(read("iij->j", 3), -1, "j"));

// ---- ellipses: any axes, aligned at the right ---------------------------------------------------------------------------
constexpr auto batch = read("...ij,...jk->...ik", 4, 3);
static_assert(are(batch, 0, "10ij") && are(batch, 1, "0jk") && are(batch, -1, "10ik"));
static_assert(are(read("i...j,j", 4, 1), 0, "i10j") && are(read("i...j,j", 4, 1), -1, "10i"));
static_assert(are(read("...ij->ji...", 2), -1, "ji") && are(read("ij->...ji", 2), -1, "ji"));

// ---- what is wrong, and where --------------------------------------------------------------------------------------------
static_assert(slips(read("ij,j?->i", 2, 2), slip::character, 4, 5) && slips(read("ij->i,j", 2), slip::character, 5, 6));
static_assert(slips(read("i..j", 3), slip::dots, 1, 2) && slips(read("...i...", 3), slip::dots, 4, 5));
static_assert(slips(read("ij>i", 2), slip::arrow, 2, 3) && slips(read("ij-i", 2), slip::arrow, 2, 3));
static_assert(slips(read("ij->i->j", 2), slip::arrow, 5, 6));
static_assert(slips(read("ij,jk->ik", 2), slip::operands, 3, 5) && slips(read("ij->ij", 2, 2), slip::operands, 2, 2));
static_assert(slips(read("ij, jk ->ik", 2, 3), slip::rank, 4, 6) && slips(read("ij,jk->ik", 1, 2), slip::rank, 0, 2));
static_assert(slips(read("i...j->ij", 1), slip::rank, 0, 5) && slips(read("abcdefghi->a", 8), slip::rank, 0, 9));
static_assert(slips(read("ij->ik", 2), slip::unknown, 5, 6) && slips(read("ij->iji", 2), slip::twice, 6, 7));
static_assert(slips(read("...i->i", 3), slip::dropped, 6, 7) && read("...i->i", 1).slip == slip::none);
static_assert(slips(read("abcdef,ghij->abcdefghij", 6, 4), slip::too_many, 21, 22));
static_assert(slips(read("abcdef,ghij", 6, 4), slip::too_many, 0, 11));

BOOST_AUTO_TEST_CASE(subscripts_are_checked_by_the_compiler) { BOOST_CHECK(true); }

}  // namespace
