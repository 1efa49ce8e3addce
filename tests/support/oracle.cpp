// SPDX-License-Identifier: BSL-1.0
#include "oracle.hpp"

#include <optional>
#include <sstream>
#include <stdexcept>

namespace sinter::oracle {

namespace {

double rounding_of(ir::dtype type) {
    if (type == ir::dtype::f32) return 5.97e-8;
    if (type == ir::dtype::f64) return 1.12e-16;
    return 0;
}

class interpreter {
    program const& p;
    std::vector<std::optional<array>> known;

public:
    explicit interpreter(program const& program) : p(program), known(program.terms.size()) {}

    array const& value(int at) { return value(at, nullptr); }

private:
    ir::term const& term(int at) const { return p.terms.at(std::size_t(at)); }

    /// A term made of coordinates and scalars only takes the shape of what it meets.
    bool elastic(int at) const {
        ir::term const& t = term(at);
        if (t.what == ir::form::coordinate) return true;
        if (t.what == ir::form::operand) return false;
        bool any = false;
        for (int i = 0; i < t.arity; ++i) {
            bool const argument = elastic(t.arg[i]);
            if (!argument && term(t.arg[i]).rank != 0) return false;
            any = any || argument;
        }
        return any && (t.what == ir::form::map || t.what == ir::form::function);
    }

    /// Whether a coordinate is among the maps that a term consists of: it counts along the outermost of them.
    bool counts(int at) const {
        ir::term const& t = term(at);
        bool any = t.what == ir::form::coordinate;
        for (int i = 0; i < t.arity && (t.what == ir::form::map || t.what == ir::form::function); ++i) any = any || counts(t.arg[i]);
        return any;
    }

    array const& value(int at, shape_t const* around) {
        auto& slot = known.at(std::size_t(at));
        if (!slot || counts(at)) {
            array result = compute(term(at), around);
            if (!elastic(at) && !around) agree(at, result.shape);
            slot = std::move(result);
        }
        return *slot;
    }

    /// The extents that the formula itself gives must be the ones that come out here.
    void agree(int at, shape_t const& shape) const {
        ir::term const& t = term(at);
        bool good = shape.size() == std::size_t(t.rank);
        for (std::size_t i = 0; good && i < shape.size(); ++i) good = extent(t.extent[i]) == shape[i] || extent(t.extent[i]) == dyn;
        if (good) return;
        std::ostringstream message;
        message << "term " << at << ": the formula's extents are not NumPy's;";
        for (int i = 0; i < t.rank; ++i) message << ' ' << extent(t.extent[i]);
        message << " instead of";
        for (std::size_t e : shape) message << ' ' << e;
        throw std::logic_error(message.str() + "\n" + text(p));
    }

    std::size_t extent(int position) const {
        ir::extent const& e = p.extents.at(std::size_t(position));
        using source = ir::extent::source;
        switch (e.from) {
            case source::constant: return e.value;
            case source::operand: return given(e);
            case source::broadcast: {
                std::size_t const a = extent(e.a), b = extent(e.b);
                return a == 1 ? b : a;
            }
            case source::same: return extent(e.a);
            case source::sum: return extent(e.a) + extent(e.b);
            case source::product: return extent(e.a) * extent(e.b);
            case source::before_end: return extent(e.a) - e.value;
            case source::places: {      // as many starts as there are
                ir::term const& t = term(e.slot);
                if (t.keep)
                    return (extent(e.a) - 1) * extent(t.fixed[1]) + extent(t.fixed[2]) * (extent(t.fixed[0]) - 1) + 1 +
                           extent(t.fixed[5]) - extent(t.fixed[3]) - extent(t.fixed[4]);
                std::ptrdiff_t const n = std::ptrdiff_t(extent(e.a) + extent(t.fixed[3]) + extent(t.fixed[4]));
                std::size_t count = 0;
                std::ptrdiff_t const last = std::ptrdiff_t(extent(t.fixed[2]) * (extent(t.fixed[0]) - 1));
                for (std::ptrdiff_t i = 0; i + last < n; i += std::ptrdiff_t(extent(t.fixed[1]))) ++count;
                return count;
            }
            case source::quotient: {
                std::size_t const length = extent(e.a) - (e.b < 0 ? 0 : extent(e.b));
                return (length + e.value - 1) / e.value;
            }
        }
        throw std::logic_error("oracle: an extent of an unknown kind");
    }

    /// An extent of an operand, or an entry of a list of indices, which may count from the end; dyn: what a reshape leaves.
    std::size_t given(ir::extent const& e) const {
        if (e.slot < 0 && e.a < 0) return dyn;
        operand_value const& o = p.operands.at(std::size_t(e.slot));
        if (o.list.empty()) return o.value.shape.at(std::size_t(e.dim));
        std::ptrdiff_t const entry = o.list.at(std::size_t(e.dim));
        return std::size_t(entry) + (entry < 0 && e.a >= 0 ? extent(e.a) : 0);
    }

    std::vector<array const*> arguments(ir::term const& t, shape_t const* around) {
        shape_t shape;
        bool solid = false;
        for (int i = 0; i < t.arity; ++i)
            if (!elastic(t.arg[i])) {
                shape = broadcast(shape, value(t.arg[i]).shape);
                solid = solid || term(t.arg[i]).rank > 0;
            }
        if (!around && solid) around = &shape;
        std::vector<array const*> out;
        for (int i = 0; i < t.arity; ++i) out.push_back(&value(t.arg[i], around));
        return out;
    }

    array compute(ir::term const& t, shape_t const* around) {
        using ir::form;
        double const eps = rounding_of(t.type);
        switch (t.what) {
            case form::operand: return p.operands.at(std::size_t(t.slot)).value;
            case form::coordinate: return coordinate(t, around);
            case form::map: return mapped(t, around, eps);
            case form::function: return functional(t.function, arguments(t, around), eps);
            case form::matmul: return oracle::matmul(value(t.arg[0]), value(t.arg[1]), eps, ring_of(t));
            case form::outer: return oracle::outer(value(t.arg[0]), value(t.arg[1]), eps);
            case form::einsum: return einsum(t, eps);
            case form::permute: return permuted(t);
            case form::reshape: return reshaped(t);
            case form::expand: return expanded(t);
            case form::slice: return sliced(t);
            case form::concatenate: return concatenated(t);
            case form::windows: return windowed(t);
            case form::repeat: return repeated(t);
            case form::take: case form::take_along: return taken(t);
            case form::reduce: return reduced(t, eps);
            case form::top: case form::top_places: return largest(t);
            case form::cumulate: return oracle::cumulate(t.reduction, value(t.arg[0]), t.axes, eps);
            default: return row_wise(t, eps);
        }
    }

    array coordinate(ir::term const& t, shape_t const* around) const {
        if (!around) throw std::logic_error("oracle: a coordinate outside a map\n" + text(p));
        array out(*around);
        int const axis = t.order[0] < 0 ? t.order[0] + int(around->size()) : t.order[0];
        std::size_t flat = 0;
        for_each_index(*around, [&](auto const& index) { out.data[flat++] = double(index.at(std::size_t(axis))); });
        return out;
    }

    array mapped(ir::term const& t, shape_t const* around, double eps) {
        auto const args = arguments(t, around);
        if (t.op == ir::op::user) return oracle::map(p.operands.at(std::size_t(t.slot)).call, args, eps, 8);
        if (t.op == ir::op::cast) return cast(*args[0], t.type);
        return oracle::map(t.op, args, eps);
    }

    /// What a product adds and multiplies with; the user's monoid stands before the user's function.
    semiring ring_of(ir::term const& t) const {
        bool const user = t.op == ir::op::user, plain = t.op == ir::op::mul && t.reduction == ir::reduction::sum;
        if (plain) return {};
        semiring ring = semiring_of(t.op, t.reduction);
        if (t.reduction == ir::reduction::user) {
            operand_value const& m = p.operands.at(std::size_t(user ? t.slot - 1 : t.slot));
            ring.plus = m.combine;
            ring.zero = m.identity;
        }
        if (user)
            ring.times = [call = p.operands.at(std::size_t(t.slot)).call](double a, double b) {
                double const x[] = {a, b};
                return call(x);
            };
        return ring;
    }

    array einsum(ir::term const& t, double eps) {
        std::vector<array const*> args;
        for (int i = 0; i < t.arity; ++i) args.push_back(&value(t.arg[i]));
        return oracle::einsum(std::string(t.text), args, eps);
    }

    array permuted(ir::term const& t) {
        return permute(value(t.arg[0]), std::vector<int>(t.order, t.order + t.rank));
    }

    array reshaped(ir::term const& t) {
        array out = value(t.arg[0]);
        out.shape.clear();
        for (int i = 0; i < t.rank; ++i) out.shape.push_back(extent(t.extent[i]));
        for (std::size_t& open : out.shape)
            if (open == dyn) {      // what is left
                std::size_t others = 1;
                for (std::size_t e : out.shape) others *= e == dyn ? 1 : e;
                open = others == 0 ? 0 : out.data.size() / others;
            }
        if (out.size() != out.data.size()) throw std::invalid_argument("oracle: reshape changes the number of elements");
        return out;
    }

    array expanded(ir::term const& t) {
        array out = value(t.arg[0]);
        out.shape.insert(out.shape.begin() + t.order[0], 1);
        return out;
    }

    array sliced(ir::term const& t) {
        array const& x = value(t.arg[0]);
        shape_t shape;
        for (int i = 0; i < t.rank; ++i) shape.push_back(extent(t.extent[i]));
        array out(shape);
        std::vector<std::size_t> source(x.rank(), 0);
        for (std::size_t axis = 0; axis < x.rank(); ++axis)
            if (t.fixed[axis] >= 0) source[axis] = extent(t.fixed[axis]);
        std::size_t flat = 0;
        for_each_index(shape, [&](auto const& index) {
            for (std::size_t i = 0; i < shape.size(); ++i)
                source[std::size_t(t.order[i])] =
                    (t.start[i] < 0 ? 0 : extent(t.start[i])) + index[i] * std::size_t(t.step[i]);
            for (std::size_t i = 0; i < x.rank(); ++i)
                if (source[i] >= x.shape[i]) throw std::logic_error("oracle: a slice leaves its argument\n" + text(p));
            std::size_t const at = broadcast_position(x.shape, source);
            out.data[flat] = x.data[at];
            out.error[flat++] = x.error[at];
        });
        return out;
    }

    array concatenated(ir::term const& t) {
        return oracle::concatenate(value(t.arg[0]), value(t.arg[1]), std::size_t(t.order[0]));
    }

    /// Windows of an axis, or what they reach where they are put at its elements.
    array windowed(ir::term const& t) {
        array const& x = value(t.arg[0]);
        std::size_t const axis = std::size_t(t.order[0]);
        std::size_t const stride = extent(t.fixed[1]), dilation = extent(t.fixed[2]), before = extent(t.fixed[3]);
        shape_t shape = x.shape;
        shape[axis] = extent(t.extent[axis]);
        shape.push_back(extent(t.fixed[0]));
        return picked(x, shape, t.arity > 1 ? value(t.arg[1]).data[0] : 0, [&](shape_t const& index, shape_t& from) {
            from.assign(index.begin(), index.end() - 1);
            std::size_t const offset = index.back() * dilation, at = t.keep ? index[axis] + before : index[axis] * stride + offset;
            from[axis] = t.keep ? (at - offset) / stride : at - before;
            bool const there = t.keep ? at >= offset && (at - offset) % stride == 0 : at >= before;
            return there && from[axis] < x.shape[axis];
        });
    }

    /// Each element several times; or two axes as one.
    array repeated(ir::term const& t) {
        array const& x = value(t.arg[0]);
        std::size_t const axis = std::size_t(t.order[0]), by = extent(t.fixed[0]);
        shape_t shape = x.shape;
        shape[axis] *= by;
        if (t.keep) shape.erase(shape.begin() + int(axis) + 1);
        return picked(x, shape, 0, [&](shape_t const& index, shape_t& from) {
            from = index;
            from[axis] /= by;
            if (t.keep) from.insert(from.begin() + int(axis) + 1, index[axis] % by);
            return true;
        });
    }

    array taken(ir::term const& t) {
        array const &x = value(t.arg[0]), &places = value(t.arg[1]);
        std::size_t const axis = std::size_t(t.order[0]);
        return t.what == ir::form::take ? oracle::take(x, places, axis) : oracle::take_along(x, places, axis);
    }

    array largest(ir::term const& t) {
        std::size_t axis = 0;
        while (!(t.axes >> axis & 1)) ++axis;
        return oracle::top(value(t.arg[0]), axis, extent(t.extent[axis]), t.what == ir::form::top_places);
    }

    array reduced(ir::term const& t, double eps) {
        array const& x = value(t.arg[0]);
        if (t.reduction != ir::reduction::user)
            return oracle::reduce(t.reduction, x, t.axes, t.keep, eps > 0 ? eps : rounding_of(term(t.arg[0]).type));
        operand_value const& m = p.operands.at(std::size_t(t.slot));
        return oracle::reduce(m.combine, m.identity, x, t.axes, t.keep, eps);
    }

    array row_wise(ir::term const& t, double eps);
};

/// (x − μ)/√(σ² + ε)·γ + β, x/√(mean x² + ε)·γ, x/‖x‖, a·b/(‖a‖‖b‖): each from its definition.
array interpreter::row_wise(ir::term const& t, double eps) {
    using ir::form;
    using ir::op;
    using ir::reduction;
    auto const args = arguments(t, nullptr);
    array const& x = *args[0];
    if (t.what == form::softmax || t.what == form::log_softmax)
        return oracle::softmax(x, t.axes, t.what == form::log_softmax, eps);
    auto two = [&](op o, array const& a, array const& b) { return oracle::map(o, {&a, &b}, eps); };
    unsigned const last = 1u << (x.rank() - 1);
    switch (t.what) {
        case form::layer_norm: {
            array const centred = two(op::sub, x, reduce(reduction::mean, x, last, true, eps));
            array const spread = two(op::add, reduce(reduction::variance, x, last, true, eps), *args[3]);
            array const unit = two(op::div, centred, oracle::map(op::sqrt, {&spread}, eps));
            return two(op::add, two(op::mul, unit, *args[1]), *args[2]);
        }
        case form::rms_norm: {
            array const squares = reduce(reduction::mean, two(op::mul, x, x), last, true, eps);
            array const spread = two(op::add, squares, *args[2]);
            return two(op::mul, two(op::div, x, oracle::map(op::sqrt, {&spread}, eps)), *args[1]);
        }
        case form::normalize: {     // a row of zeros stays
            array length = reduce(reduction::norm, x, last, true, eps);
            for (double& l : length.data) l = l == 0 ? 1 : l;
            return two(op::div, x, length);
        }
        case form::cosine_similarity: {
            array const& y = *args[1];
            array const products = two(op::mul, x, y);
            unsigned const axis = 1u << (products.rank() - 1);
            array const xx = reduce(reduction::norm, x, last, false, eps);
            array const yy = reduce(reduction::norm, y, 1u << (y.rank() - 1), false, eps);
            return two(op::div, reduce(reduction::sum, products, axis, false, eps), two(op::mul, xx, yy));
        }
        default: throw std::logic_error("oracle: a form of an unknown kind\n" + text(p));
    }
}

}  // namespace

array evaluate(program const& p) {
    if (p.terms.empty()) throw std::logic_error("oracle: an empty formula");
    return interpreter(p).value(int(p.terms.size()) - 1);
}

}  // namespace sinter::oracle
