// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace sinter::oracle {

namespace {

/// The axes of one operand, or of the result, as names: letters, and digits for what an ellipsis stands for, counted from
/// the right.
std::vector<std::string> split(std::string const& text) {
    std::vector<std::string> parts(1);
    for (char c : text) {
        if (c == ',') parts.emplace_back();
        else parts.back() += c;
    }
    return parts;
}

std::string with_digits(std::string const& part, std::size_t axes) {
    auto const dots = part.find("...");
    if (dots == std::string::npos) return part;
    std::string digits;
    for (std::size_t i = axes; i > 0; --i) digits += char('0' + i - 1);
    return part.substr(0, dots) + digits + part.substr(dots + 3);
}

struct sum_of_products {
    std::vector<array const*> args;
    std::vector<std::string> names;     ///< of each operand's axes
    std::string result, summed;
    std::map<char, std::size_t> extent;
    double eps;
    std::map<char, std::size_t> at = {};

    std::size_t position(std::size_t i) const {
        std::size_t p = 0;
        for (std::size_t d = 0; d < names[i].size(); ++d) {
            std::size_t const n = args[i]->shape[d];
            p = p * n + (n == 1 ? 0 : at.at(names[i][d]));
        }
        return p;
    }

    /// The sum over the names from `depth` on: value, magnitude and what the operands' errors make of it.
    void add(std::size_t depth, double& value, double& magnitude, double& slack) {
        if (depth < summed.size()) {
            for (std::size_t k = 0; k < extent.at(summed[depth]); ++k) {
                at[summed[depth]] = k;
                add(depth + 1, value, magnitude, slack);
            }
            return;
        }
        double product = 1, upper = 1;
        for (std::size_t i = 0; i < args.size(); ++i) {
            std::size_t const p = position(i);
            product *= args[i]->data[p];
            upper *= std::fabs(args[i]->data[p]) + args[i]->error[p];
        }
        value += product;
        if (!std::isfinite(product)) return;
        magnitude += std::fabs(product);
        slack += upper - std::fabs(product);
    }

    array evaluate() {
        shape_t shape;
        std::size_t terms = 1, flat = 0;
        for (char c : result) shape.push_back(extent.at(c));
        for (char c : summed) terms *= extent.at(c);
        array out(shape);
        double const spread = 4 + double(args.size()) + std::log2(double(terms) + 1) + std::sqrt(double(terms));
        for_each_index(shape, [&](auto const& index) {
            for (std::size_t d = 0; d < result.size(); ++d) at[result[d]] = index[d];
            double value = 0, magnitude = 0, slack = 0;
            add(0, value, magnitude, slack);
            out.data[flat] = value;
            out.error[flat++] = slack + spread * eps * magnitude + (eps > 1e-10 && terms > 0 ? 1e-36 : 0);
        });
        return out;
    }
};

}  // namespace

array einsum(std::string const& subscripts, std::vector<array const*> const& args, double eps) {
    std::string text;
    std::copy_if(subscripts.begin(), subscripts.end(), std::back_inserter(text), [](char c) { return c != ' '; });
    auto const arrow = text.find("->");
    sum_of_products s{args, split(text.substr(0, arrow)), {}, {}, {}, eps};
    if (s.names.size() != args.size()) throw std::invalid_argument("oracle: einsum: the number of operands");
    std::size_t most = 0;
    std::map<char, int> uses;
    for (std::size_t i = 0; i < args.size(); ++i) {
        std::string& part = s.names[i];
        std::size_t const dots = part.find("...") == std::string::npos ? 0 : args[i]->rank() + 3 - part.size();
        most = std::max(most, dots);
        part = with_digits(part, dots);
        if (part.size() != args[i]->rank()) throw std::invalid_argument("oracle: einsum: the rank of an operand");
        for (std::size_t d = 0; d < part.size(); ++d) {
            std::size_t& n = s.extent.try_emplace(part[d], 1).first->second;
            if (n == 1) n = args[i]->shape[d];
            else if (n != args[i]->shape[d] && args[i]->shape[d] != 1) throw std::invalid_argument("oracle: einsum: extents");
            ++uses[part[d]];
        }
    }
    if (arrow != std::string::npos) s.result = with_digits(text.substr(arrow + 2), most);
    else s.result = with_digits("...", most);
    for (auto const& [name, count] : uses) {
        if (arrow == std::string::npos && std::isalpha(name) && count == 1) s.result += name;
        if (s.result.find(name) == std::string::npos) s.summed += name;
    }
    return s.evaluate();
}

}  // namespace sinter::oracle
