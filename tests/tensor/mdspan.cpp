// SPDX-License-Identifier: BSL-1.0
// view_of(std::mdspan): a plain program, since it is compiled with a standard library that has it (clang's).
#include <sinter/sinter.hpp>

#include <array>
#include <cstdio>
#include <mdspan>
#include <sstream>
#include <type_traits>

using sinter::dyn;
using sinter::matrix;
using sinter::view;
using sinter::view_of;

namespace {

int failures = 0;
void check(bool right, int line) {
    if (!right) std::printf("FAILED: line %d\n", line), ++failures;
}
#define CHECK(...) check((__VA_ARGS__), __LINE__)

using any = std::dextents<std::size_t, 2>;

constexpr bool at_compile_time() {
    int values[] = {1, 2, 3, 4, 5, 6};
    view_of(std::mdspan(values, std::extents<int, 3, 2>{}))(2, 0) = 7;
    return values[4] == 7;
}
static_assert(at_compile_time());

/// Strides are those of rows of 4, but every second one is said to be another's: no strides tell that.
struct zigzag {
    template <class Extents>
    struct mapping {
        using extents_type = Extents;
        using index_type = typename Extents::index_type;
        using size_type = typename Extents::size_type;
        using rank_type = typename Extents::rank_type;
        using layout_type = zigzag;
        extents_type shape;
        constexpr extents_type const& extents() const { return shape; }
        constexpr index_type operator()(auto i, auto j) const { return 4 * i + (i % 2 ? 3 - j : j); }
        constexpr index_type required_span_size() const { return 4 * shape.extent(0); }
        static constexpr bool is_always_unique() { return true; }
        static constexpr bool is_always_exhaustive() { return false; }
        static constexpr bool is_always_strided() { return false; }
        static constexpr bool is_unique() { return true; }
        static constexpr bool is_exhaustive() { return false; }
        static constexpr bool is_strided() { return false; }
        constexpr index_type stride(rank_type) const { return 1; }
        friend constexpr bool operator==(mapping const&, mapping const&) { return true; }
    };
};

}  // namespace

int main() {
    float values[] = {1, 2, 3, 4, 5, 6};
    std::mdspan<float, std::extents<int, 2, std::dynamic_extent>> const m(values, 3);
    static_assert(std::is_same_v<decltype(view_of(m)), view<float, 2, dyn>>);
    CHECK(view_of(m) == matrix<float>{{1, 2, 3}, {4, 5, 6}});
    CHECK(view_of(m).data() == values);
    CHECK(view_of(std::mdspan(values, 3, 2)) == matrix<float>{{1, 2}, {3, 4}, {5, 6}});

    std::mdspan<float const, std::extents<unsigned char, 2, 3>, std::layout_left> const l(values);
    static_assert(std::is_same_v<decltype(view_of(l)), view<float const, 2, 3>>);
    CHECK(view_of(l) == matrix<float>{{1, 3, 5}, {2, 4, 6}});

    std::mdspan<float, any, std::layout_stride> const s(values, std::layout_stride::mapping<any>(any(2, 2), std::array{1, 3}));
    CHECK(view_of(s) == matrix<float>{{1, 4}, {2, 5}});
    std::mdspan<float, std::extents<int>> const one(values);
    CHECK(view_of(one)() == 1);
    CHECK(view_of(std::mdspan(values, 0, 3)).empty());

    matrix<float> o(2, 2);
    o = view_of(l) * view_of(std::mdspan(values, 3, 2));        // (2,3) × (3,2) → (2,2)
    CHECK(o == matrix<float>{{35, 44}, {44, 56}});
    view_of(s) = o;
    CHECK(values[0] == 35 && values[3] == 44 && values[4] == 56 && values[5] == 6);
    bool refused = false;
    try {
        view_of(std::mdspan<float, any, zigzag>(values, zigzag::mapping<any>{any(1, 2)}));
    } catch (sinter::shape_error const&) {
        refused = true;
    }
    CHECK(refused);
    std::ostringstream text;
    text << sinter::vector<sinter::half>{0.1f, 2.5e-7f};        // which this standard library has no std::from_chars for
    CHECK(text.str() == "[1.0e-01 2.4e-07]");
    if (failures == 0) std::puts("view_of(std::mdspan): as expected");
    return failures;
}
