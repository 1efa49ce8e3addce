// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

namespace sinter::ir {

/// Elementwise operations. One row here and one in simd/apply.hpp make a new one.
enum class op : std::uint8_t {
    // one argument
    neg, abs, sign, floor, ceil, round, exp, exp2, expm1, log, log2, log1p, sqrt, rsqrt,
    sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, erf, logical_not,
    finite_or_zero,  ///< x, or 0 where x is −∞: the reference of a row that is masked throughout
    inverse_or_zero, ///< 1/x, or 0 where x is 0: the weight of a row that is masked throughout
    bounded,         ///< min(x, largest finite): a ratio that may multiply 0
    cast,            ///< to the node's own type
    // two arguments
    add, sub, mul, div, pow, atan2,
    afresh,          ///< a ratio, or −1 where its logarithm is −∞: what has been summed so far counts for nothing
    min, max,
    less, less_equal, greater, greater_equal, equal, not_equal, logical_and, logical_or,
    // three arguments
    select,          ///< a ? b : c
    // the user's own: operand `slot` is called
    user,
};

/// How an operation of one argument goes where that rises: nothing is said, or it never falls, or it never rises.
enum class course : std::uint8_t { any, rises, falls };

struct op_info {
    std::string_view name;
    int arity;          ///< 0: any
    bool is_mask;       ///< the result is true or false
    int cost;           ///< vector instructions, roughly
    course goes = course::any;
    bool is_nearest = true;     ///< what is computed is the nearest number to what is meant
};

/// The table of operations, in the order of the enumeration.
inline constexpr op_info op_table[] = {
    {"neg", 1, false, 1}, {"abs", 1, false, 1}, {"sign", 1, false, 3, course::rises},
    {"floor", 1, false, 1, course::rises}, {"ceil", 1, false, 1, course::rises},
    {"round", 1, false, 1, course::rises}, {"exp", 1, false, 16, course::rises, false},
    {"exp2", 1, false, 16, course::rises, false}, {"expm1", 1, false, 25, course::rises, false},
    {"log", 1, false, 25, course::rises, false}, {"log2", 1, false, 25, course::rises, false},
    {"log1p", 1, false, 30, course::rises, false}, {"sqrt", 1, false, 8, course::rises},
    {"rsqrt", 1, false, 12, course::falls}, {"sin", 1, false, 30}, {"cos", 1, false, 30},
    {"tan", 1, false, 40}, {"asin", 1, false, 40, course::rises, false},
    {"acos", 1, false, 40, course::falls, false}, {"atan", 1, false, 40, course::rises, false},
    {"sinh", 1, false, 30, course::rises, false}, {"cosh", 1, false, 30},
    {"tanh", 1, false, 35, course::rises, false}, {"erf", 1, false, 40, course::rises, false},
    {"logical_not", 1, true, 1}, {"finite_or_zero", 1, false, 2}, {"inverse_or_zero", 1, false, 8},
    {"bounded", 1, false, 1}, {"cast", 1, false, 1}, {"add", 2, false, 1}, {"sub", 2, false, 1},
    {"mul", 2, false, 1}, {"div", 2, false, 6}, {"pow", 2, false, 60}, {"atan2", 2, false, 50},
    {"afresh", 2, false, 2}, {"min", 2, false, 1}, {"max", 2, false, 1}, {"less", 2, true, 1}, {"less_equal", 2, true, 1},
    {"greater", 2, true, 1}, {"greater_equal", 2, true, 1}, {"equal", 2, true, 1}, {"not_equal", 2, true, 1},
    {"logical_and", 2, true, 1}, {"logical_or", 2, true, 1}, {"where", 3, false, 1}, {"user", 0, false, 10},
};

constexpr op_info const& info(op o) { return op_table[static_cast<int>(o)]; }
constexpr std::string_view name(op o) { return info(o).name; }

/// What a reduction combines with. `user`: operand `slot` is the monoid.
/// `top` and `top_places` keep as many values as an axis of their own has indices, the largest first.
enum class monoid : std::uint8_t { sum, product, minimum, maximum, argmin, argmax, user, top, top_places };

inline constexpr std::string_view monoid_table[] = {"sum", "product", "minimum", "maximum",
                                                    "argmin", "argmax", "user", "top", "top_places"};
constexpr std::string_view name(monoid m) { return monoid_table[static_cast<int>(m)]; }

}  // namespace sinter::ir
