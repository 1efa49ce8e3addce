// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/fwd.hpp>
#include <sinter/tensor/number_text.hpp>

#include <array>
#include <cstddef>
#include <iosfwd>
#include <string>

/// operator<< for tensors and views: what NumPy's print writes with its default options. <ostream> is needed only where
/// it is used.
namespace sinter {
namespace detail {

/// Lays out the elements of x: lines of at most 75 characters; more than 1000 elements are summarised by the 3 first
/// and last of each axis.
template <class X>
class array_text {
    static constexpr std::size_t line_width = 75, threshold = 1000, edge = 3;
    static constexpr std::size_t rank = X::rank();

public:
    explicit array_text(X const& x) : x_(x), summarise_(x.size() > threshold) {}

    std::string text() {
        if constexpr (rank == 0) {
            return scalar_text(*x_.data());
        } else {
            if (x_.size() == 0) return "[]";
            measure<0>(0);
            format_.done();
            return nested<0>(0, " ");
        }
    }

private:
    /// The entries of an axis that are shown: `head` of them, then dots where `dots`, then those from `tail`.
    struct range {
        std::size_t head, tail, end;
        bool dots;
    };
    template <std::size_t Axis>
    range shown() const {
        std::size_t const n = x_.extent(Axis);
        if (summarise_ && n > 2 * edge) return {edge, n - edge, n, true};
        return {0, 0, n, false};
    }
    template <std::size_t Axis>
    std::ptrdiff_t step(std::ptrdiff_t at, std::size_t i) const {
        return at + static_cast<std::ptrdiff_t>(i) * x_.stride(Axis);
    }

    /// Column widths depend on what is shown only.
    template <std::size_t Axis>
    void measure(std::ptrdiff_t at) {
        range const r = shown<Axis>();
        auto const visit = [&](std::size_t i) {
            if constexpr (Axis + 1 < rank) measure<Axis + 1>(step<Axis>(at, i));
            else format_.see(x_.data()[step<Axis>(at, i)]);
        };
        for (std::size_t i = 0; i < r.head; ++i) visit(i);
        for (std::size_t i = r.tail; i < r.end; ++i) visit(i);
    }

    template <std::size_t Axis>
    std::string nested(std::ptrdiff_t at, std::string const& indent) {
        std::string s = Axis + 1 == rank ? row<Axis>(at, indent) : stack<Axis>(at, indent);
        return '[' + s.substr(indent.size()) + ']';
    }

    /// The last axis: words that are wrapped at the end of the line.
    template <std::size_t Axis>
    std::string row(std::ptrdiff_t at, std::string const& indent) {
        std::size_t const width = line_width - Axis - 1;
        std::string done, line = indent;
        auto const add = [&](std::string const& word, bool last) {
            if (line.size() + word.size() > width && line.size() > indent.size()) {
                while (!line.empty() && line.back() == ' ') line.pop_back();
                done += line + '\n';
                line = indent;
            }
            line += word;
            if (!last) line += ' ';
        };
        range const r = shown<Axis>();
        for (std::size_t i = 0; i < r.head; ++i) add(format_.word(x_.data()[step<Axis>(at, i)]), false);
        if (r.dots) add("...", false);
        for (std::size_t i = r.tail; i < r.end; ++i)
            add(format_.word(x_.data()[step<Axis>(at, i)]), i + 1 == r.end);
        return done + line;
    }

    /// The other axes: one block under the other.
    template <std::size_t Axis>
    std::string stack(std::ptrdiff_t at, std::string const& indent) {
        std::string s;
        if constexpr (Axis + 1 < rank) {
            std::string const gap(rank - Axis - 1, '\n');
            range const r = shown<Axis>();
            auto const block = [&](std::size_t i) {
                return indent + nested<Axis + 1>(step<Axis>(at, i), indent + ' ');
            };
            for (std::size_t i = 0; i < r.head; ++i) s += block(i) + gap;
            if (r.dots) s += indent + "..." + gap;
            for (std::size_t i = r.tail; i < r.end; ++i) {
                s += block(i);
                if (i + 1 < r.end) s += gap;
            }
        }
        return s;
    }

    X const& x_;
    bool summarise_;
    number_format<typename X::value_type> format_;
};

}  // namespace detail

/// The text of a tensor or view, as NumPy prints it.
template <is_tensor X>
std::string to_string(X const& x) {
    return detail::array_text<X>(x).text();
}

template <class Traits, is_tensor X>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, X const& x) {
    std::string const s = to_string(x);
    return out.write(s.data(), static_cast<std::ptrdiff_t>(s.size()));
}

}  // namespace sinter
