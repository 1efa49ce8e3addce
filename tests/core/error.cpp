// SPDX-License-Identifier: BSL-1.0
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace {
using shape2 = std::array<std::size_t, 2>;
static_assert((sinter::message("a ") << 'b' << -12 << ' ' << 0u << shape2{3, sinter::dyn}) == "a b-12 0(3,?)");
static_assert((sinter::message() << std::array<std::size_t, 1>{3} << std::array<std::size_t, 0>{}) == "(3,)()");
static_assert((sinter::message() << static_cast<long long>(1ULL << 63)) == "-9223372036854775808");
static_assert((sinter::message() << std::array<std::ptrdiff_t, 2>{-1, 4}) == "(-1,4)");
static_assert(std::is_base_of_v<std::invalid_argument, sinter::shape_error>);
static_assert(std::is_base_of_v<std::invalid_argument, sinter::alias_error>);

void ignore(char const*) {}
}  // namespace

BOOST_AUTO_TEST_SUITE(core_error)

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_cut_off) {
    sinter::message m;
    for (int i = 0; i < 600; ++i) m << 'x';
    BOOST_TEST(m.size() == sinter::message::capacity);
    BOOST_TEST(std::string(m.text().substr(m.size() - 4)) == "x...");
    BOOST_TEST(std::string(m.c_str()).size() == m.size());
}

BOOST_AUTO_TEST_CASE(raised) {
    auto const says = [](auto const& e) { return std::string(e.what()) == "f: (2,3)"; };
    sinter::message const m = sinter::message("f: ") << shape2{2, 3};
    BOOST_CHECK_EXCEPTION(sinter::raise_shape(m), sinter::shape_error, says);
    BOOST_CHECK_EXCEPTION(sinter::raise_alias(m), sinter::alias_error, says);
    BOOST_CHECK_EXCEPTION(sinter::raise_range(m), std::out_of_range, says);
}

BOOST_AUTO_TEST_CASE(handler) {
    auto const standard = sinter::set_error_handler(&ignore);
    BOOST_TEST((sinter::set_error_handler(nullptr) == &ignore));
    BOOST_TEST((sinter::set_error_handler(standard) == standard));
}

BOOST_AUTO_TEST_SUITE_END()
