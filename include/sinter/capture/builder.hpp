// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

#include <cstddef>
#include <cstdint>

namespace sinter::ir {

struct commons;

/// What can be wrong with a formula, whatever the values of its operands.
enum class rule : std::uint8_t {
    none,
    broadcast,      ///< extents a, b at `axis` from the right are neither equal nor 1
    inner,          ///< summed extents a, b of a product differ
    paired,         ///< last extents a, b differ
    axis,           ///< axis a of an argument of rank b
    permutation,    ///< the a axes named are no permutation of those of an argument of rank b
    rank,           ///< an argument of rank a; b would do
    too_many,       ///< a axes given for an argument of rank b
    size,           ///< a elements reshaped to b
    contiguous,     ///< reshape of what is no operand
    bounds,         ///< index or end a of an extent b
    few,            ///< the a largest of b
    elastic,        ///< coordinates alone have no shape
    side,           ///< extents a, b at `axis` of two parts that are joined along another axis differ
    window,         ///< a window spans a elements, an axis has b
    cut,            ///< a elements are cut off of b
    channels,       ///< of the kernel and of what is convolved, a and b differ; `axis`: whether it is transposed
    groups,         ///< all groups have a channels together, what is convolved has b
    integers,       ///< places that are no integers
    deep,           ///< the axes of arguments of ranks a and b together are too many
    positive,       ///< a size, stride or dilation of a window is a, which is less than 1
    negative,       ///< a number of elements is a, which is negative
    backwards,      ///< a range from a to b
    index,          ///< extents a, b of the index whose letter is `axis` differ
    subscripts,     ///< the text of an einsum from a to b; `axis` is the slip
    twice,          ///< axis a of an argument of rank b is named twice
};

/// The first rule that a formula breaks, and where.
struct fault {
    ir::rule rule = ir::rule::none;
    form what = form::operand;
    ir::op op = ir::op::add;
    ir::function function = ir::function::relu;
    std::size_t a = 0, b = 0;
    std::int8_t axis = 0;
    bool operator==(fault const&) const = default;
};

/// One number, or one entry of a slice, as the user gave it. `at_run_time` stands for the next entry of the index list.
struct spec {
    enum class kind : std::uint8_t { number, all, at, range, span } what = kind::number;
    std::int64_t a = 0, b = 0, step = 1;
};

/// Stands for a number that is given at run time.
inline constexpr std::int64_t at_run_time = INT64_MIN;

/// What a tag asks to be appended: everything that does not depend on the arguments.
struct request {
    ir::term term = {};
    spec specs[max_rank] = {};
    int count = 0;
};

/// Builds a formula in arrays that belong to somebody else, so that this code is no template.
struct builder {
    term* terms;
    ir::extent* extents;
    operand_info* operands;
    int size = 0, extents_size = 0, operands_size = 0;
    std::int16_t const* scope = nullptr;        ///< the terms of the arguments of the function that is being traced
    ir::fault fault = {};
    commons* common = nullptr;                  ///< what several results share; null where there is one
    std::int16_t result[max_results] = {};
    int results = 0;                            ///< 0: the last term is the only one

    /// The value of an extent where it is known at compile time.
    constexpr std::size_t known(int id) const {
        return extents[id].known();
    }

    /// Position of an extent equal to `e`; where the rule was first asked for does not distinguish them.
    constexpr std::int16_t intern(ir::extent e) {
        for (int i = 0; i < extents_size; ++i) {
            ir::extent const& x = extents[i];
            if (x.from == e.from && x.value == e.value && x.slot == e.slot && x.dim == e.dim && x.a == e.a && x.b == e.b)
                return static_cast<std::int16_t>(i);
        }
        extents[extents_size] = e;
        return static_cast<std::int16_t>(extents_size++);
    }

    constexpr std::int16_t constant(std::size_t value) { return intern({extent::source::constant, value}); }

    constexpr std::int16_t of_operand(int slot, int dim, int where) {
        return intern({extent::source::operand, dyn, static_cast<std::int16_t>(slot), static_cast<std::int16_t>(dim), -1,
                       -1, static_cast<std::int16_t>(where)});
    }

    /// The extent that was given as −1: what the others of its term leave. An entry of its own, since each is solved on its own.
    constexpr std::int16_t unsolved() {
        extents[extents_size] = {extent::source::operand, dyn, -1, -1, -1, -1, static_cast<std::int16_t>(size)};
        return static_cast<std::int16_t>(extents_size++);
    }

    constexpr void fail(rule r, term const& t, std::size_t a, std::size_t b, int axis = 0) {
        if (fault.rule == rule::none)
            fault = {r, t.what, t.op, t.function, a, b, static_cast<std::int8_t>(axis)};
    }

    /// Whether meeting b by broadcasting leaves a as it is, because a is already the result of meeting b.
    constexpr bool absorbs(int a, int b) const {
        if (a == b) return true;
        if (extents[a].from != extent::source::broadcast) return false;
        return absorbs(extents[a].a, b) || absorbs(extents[a].b, b);
    }

    /// The extent in which a and b meet: both (same), or NumPy's rule (broadcast), where 1 gives way.
    constexpr std::int16_t meet(extent::source how, int a, int b, term const& t, rule r, int axis = 0) {
        if (a == b) return static_cast<std::int16_t>(a);
        bool const ones = how == extent::source::broadcast;
        if (ones && known(a) == 1) return static_cast<std::int16_t>(b);
        if (ones && (known(b) == 1 || absorbs(a, b))) return static_cast<std::int16_t>(a);
        if (ones && absorbs(b, a)) return static_cast<std::int16_t>(b);
        if (known(a) != dyn && known(b) != dyn) {
            if (known(a) != known(b)) fail(r, t, known(a), known(b), axis);
            return static_cast<std::int16_t>(a);
        }
        for (int i = 0; i < extents_size; ++i)
            if (extents[i].from == how && extents[i].a == b && extents[i].b == a) return static_cast<std::int16_t>(i);
        return intern({how, known(a) != dyn ? known(a) : known(b), -1, -1, static_cast<std::int16_t>(a),
                       static_cast<std::int16_t>(b), static_cast<std::int16_t>(size)});
    }

    /// Appends an operand; returns its term.
    constexpr int add_operand(operand_info const& info, bool elastic = false) {
        term t;
        t.type = info.type;
        t.rank = info.rank;
        t.elastic = elastic;
        t.slot = static_cast<std::int16_t>(operands_size);
        for (int i = 0; i < info.rank; ++i)
            t.extent[i] = info.extent[i] == dyn ? of_operand(operands_size, i, size) : constant(info.extent[i]);
        operands[operands_size++] = info;
        return push(t);
    }

    /// Appends a slot that is no tensor (a function, a list of indices); returns it as an argument for `add`.
    constexpr int add_slot(operand_info const& info) {
        operands[operands_size] = info;
        return -2 - operands_size++;
    }

    constexpr int push(term const& t) {
        terms[size] = t;
        return size++;
    }
};

}  // namespace sinter::ir
