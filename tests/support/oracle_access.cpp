// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <stdexcept>

namespace sinter::oracle {

array picked(array const& x, shape_t const& shape, double outside, std::function<bool(shape_t const& index, shape_t& from)> const& find) {
    array out(shape, outside);
    std::size_t flat = 0;
    for_each_index(shape, [&](auto const& index) {
        shape_t from;
        if (find(index, from)) {
            std::size_t const at = broadcast_position(x.shape, from);
            out.data[flat] = x.data[at];
            out.error[flat] = x.error[at];
        }
        ++flat;
    });
    return out;
}

array concatenate(array const& a, array const& b, std::size_t axis) {
    shape_t shape = a.shape;
    shape[axis] += b.shape[axis];
    array out(shape);
    std::size_t flat = 0;
    for_each_index(shape, [&](auto const& index) {
        shape_t from(index);
        bool const first = index[axis] < a.shape[axis];
        if (!first) from[axis] -= a.shape[axis];
        array const& part = first ? a : b;
        std::size_t const at = broadcast_position(part.shape, from);
        out.data[flat] = part.data[at];
        out.error[flat++] = part.error[at];
    });
    return out;
}

namespace {
std::size_t place_on(double place, std::size_t n) {
    double const at = place < 0 ? place + double(n) : place;
    if (at < 0 || at >= double(n)) throw std::out_of_range("oracle: take: no such place");
    return std::size_t(at);
}
}  // namespace

array take(array const& x, array const& places, std::size_t axis) {
    auto const d = std::ptrdiff_t(axis), r = std::ptrdiff_t(places.rank());
    shape_t shape(x.shape.begin(), x.shape.begin() + d);
    shape.insert(shape.end(), places.shape.begin(), places.shape.end());
    shape.insert(shape.end(), x.shape.begin() + d + 1, x.shape.end());
    return picked(x, shape, 0, [&](shape_t const& index, shape_t& from) {
        shape_t const of_places(index.begin() + d, index.begin() + d + r);
        from.assign(index.begin(), index.begin() + d);
        from.push_back(place_on(places.data[broadcast_position(places.shape, of_places)], x.shape[axis]));
        from.insert(from.end(), index.begin() + d + r, index.end());
        return true;
    });
}

array take_along(array const& x, array const& places, std::size_t axis) {
    shape_t shape = x.shape;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (i == axis || shape[i] == 1) shape[i] = places.shape[i];
    return picked(x, shape, 0, [&](shape_t const& index, shape_t& from) {
        from = index;
        from[axis] = place_on(places.data[broadcast_position(places.shape, index)], x.shape[axis]);
        return true;
    });
}

array cumulate(ir::reduction what, array const& x, unsigned mask, double eps) {
    std::size_t axis = 0;
    while (!(mask >> axis & 1u)) ++axis;
    array out(x.shape);
    shape_t part = x.shape;
    for (std::size_t n = 1; n <= x.shape[axis]; ++n) {
        part[axis] = n;
        array const first = picked(x, part, 0, [](shape_t const& index, shape_t& from) { return from = index, true; });
        array const all = reduce(what, first, mask, true, eps);
        std::size_t flat = 0;
        for_each_index(all.shape, [&](auto const& index) {
            shape_t to(index);
            to[axis] = n - 1;
            std::size_t const at = broadcast_position(out.shape, to);
            out.data[at] = all.data[flat];
            out.error[at] = all.error[flat++];
        });
    }
    return out;
}

}  // namespace sinter::oracle
