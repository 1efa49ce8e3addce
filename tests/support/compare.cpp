// SPDX-License-Identifier: BSL-1.0
#include "compare.hpp"

#include "random.hpp"

#include <cmath>
#include <sstream>

namespace sinter::test {

namespace {

bool agrees(double reference, double error, double value, closeness close) {
    if (close.conditioned && std::isinf(error)) return true;
    if (std::isnan(reference) || std::isnan(value)) return std::isnan(reference) && std::isnan(value);
    if (std::isinf(reference) || std::isinf(value)) return reference == value;
    double const bound = close.conditioned ? close.allowed * error : close.allowed * (1 + std::fabs(reference));
    return std::fabs(value - reference) <= bound;
}

std::ostream& print(std::ostream& s, std::vector<std::size_t> const& v) {
    s << '(';
    for (std::size_t i = 0; i < v.size(); ++i) s << (i ? "," : "") << v[i];
    return s << ')';
}

}  // namespace

std::string difference(program const& p, array const& reference, shape_t const& shape,
                       std::vector<double> const& values, closeness close) {
    std::ostringstream s;
    s.precision(17);
    if (shape != reference.shape) {
        print(print(s << "shape ", shape) << " instead of ", reference.shape) << '\n' << text(p);
        return s.str();
    }
    std::size_t flat = 0, wrong = 0;
    oracle::for_each_index(shape, [&](auto const& index) {
        double const want = reference.data[flat], got = values[flat], error = reference.error[flat];
        ++flat;
        if (agrees(want, error, got, close)) return;
        if (wrong++ > 0) return;
        print(s << "at ", index) << ": expected " << want << ", got " << got << " (oracle's bound " << error << ")\n";
    });
    if (wrong == 0) return {};
    print(s << wrong << " of " << flat << " elements wrong, shape ", shape) << ", SINTER_SEED=" << seed() << '\n';
    s << text(p);
    return s.str();
}

double share_of_bounded(array const& reference) {
    if (reference.size() == 0) return 1;
    std::size_t good = 0;
    for (std::size_t i = 0; i < reference.size(); ++i)
        good += reference.error[i] <= 1e-2 * (1e-30 + std::fabs(reference.data[i])) || std::isnan(reference.data[i]);
    return static_cast<double>(good) / static_cast<double>(reference.size());
}

}  // namespace sinter::test
