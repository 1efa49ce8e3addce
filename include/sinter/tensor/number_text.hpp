// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/half.hpp>
#include <sinter/core/own.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <type_traits>
#include <version>

#if !defined(__cpp_lib_to_chars)
#include <locale>
#include <sstream>
#endif

/// Numbers as NumPy prints them: in an array all in one format, padded to one width.
namespace sinter::detail {

template <class T>
inline constexpr char const* name_of_non_finite(T x) {
    return x != x ? "nan" : x < 0 ? "-inf" : "inf";
}
template <class T>
constexpr bool is_finite(T x) {
    return x - x == 0;
}
inline std::string padded(std::string const& s, std::size_t width) {
    return s.size() < width ? std::string(width - s.size(), ' ') + s : s;
}

/// The float that a text of digits stands for.
inline float read_float(char const* begin, char const* end) {
    float x = 0;
#if defined(__cpp_lib_to_chars)
    std::from_chars(begin, end, x);
#else   // clang's library has to_chars for floats, but no from_chars yet
    std::istringstream text(std::string(begin, end));
    text.imbue(std::locale::classic());
    text >> x;
#endif
    return x;
}

/// A number of 16 bits as the float with the fewest digits that rounds to it.
template <class T>
float shortest(T x) {
    if (!is_finite(static_cast<float>(x)) || x == 0) return x;
    for (int digits = 0;; ++digits) {
        char buffer[64];
        auto const end = std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(x), std::chars_format::scientific, digits).ptr;
        float const near = read_float(buffer, end);
        if (T(near).bits() == x.bits()) return near;
    }
}

/// Fewest digits that read back as x, but at most `precision` behind the point; no zeros at the end: "1.", "0.25".
template <std::floating_point T>
std::string positional(T x, int precision) {
    char buffer[400];
    auto end = std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::fixed).ptr;
    std::string s(buffer, end);
    std::size_t const point = s.find('.');
    if (point == std::string::npos) return s + '.';
    if (s.size() - point - 1 > static_cast<std::size_t>(precision)) {
        end = std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::fixed, precision).ptr;
        s.assign(buffer, end);
        while (s.back() == '0') s.pop_back();
    }
    return s;
}

/// The same with an exponent, in parts: "1", "25", "e-05". Where all digits are asked for, none are left out.
struct scientific_text {
    std::string integer, fraction, exponent;
};
template <std::floating_point T>
scientific_text scientific(T x, int precision, bool all_digits = false) {
    char buffer[512];
    auto const split = [&](char* end) {
        std::string const s(buffer, end);
        std::size_t const e = s.find('e'), point = s.find('.');
        scientific_text t{s.substr(0, point < e ? point : e), point < e ? s.substr(point + 1, e - point - 1) : "",
                          s.substr(e)};
        while (!all_digits && !t.fraction.empty() && t.fraction.back() == '0') t.fraction.pop_back();
        return t;
    };
    auto t = split(std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::scientific).ptr);
    if (all_digits || t.fraction.size() > static_cast<std::size_t>(precision))
        t = split(std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::scientific, precision).ptr);
    return t;
}

/// Learns from the elements that are shown (see, then done), and writes them (word). Here: integers.
template <class T>
class number_format {
public:
    void see(T x) {
        std::size_t const n = plain(x).size();
        if (n > width_) width_ = n;
    }
    void done() {}
    std::string word(T x) const { return padded(plain(x), width_); }

private:
    static std::string plain(T x) { return std::to_string(x); }
    std::size_t width_ = 0;
};

template <>
class number_format<bool> {
public:
    void see(bool) {}
    void done() {}
    std::string word(bool x) const { return x ? " True" : "False"; }
};

template <std::floating_point T>
class number_format<T> {
    static constexpr int precision = 8;
    static constexpr T too_large = sizeof(T) == 4 ? T(1e6) : T(1e8);

public:
    void see(T x) {
        if (!is_finite(x)) {
            non_finite_ = true;
            negative_infinity_ |= x < 0;
            return;
        }
        any_finite_ = true;
        widen(before_, after_, positional(x, precision));
        auto const t = scientific(x, precision);
        grow(exponent_before_, t.integer.size());
        grow(exponent_after_, t.fraction.size());
        grow(exponent_digits_, t.exponent.size() - 2);
        T const size = x < 0 ? -x : x;
        if (size == 0) return;
        if (largest_ == 0 || size < smallest_) smallest_ = size;
        if (size > largest_) largest_ = size;
    }

    /// Exponents where the magnitudes differ too much for columns.
    void done() {
        scientific_ = largest_ != 0 &&
                      (largest_ >= too_large || smallest_ < T(0.0001) || largest_ / smallest_ > T(1000));
        if (!any_finite_) before_ = after_ = 0;
        if (scientific_) {
            before_ = exponent_before_;
            after_ = exponent_after_ + exponent_digits_ + 2;
        }
        if (non_finite_) {
            std::size_t const width = negative_infinity_ ? 4 : 3;
            if (before_ + after_ + 1 < width) before_ = width - after_ - 1;
        }
    }

    std::string word(T x) const {
        if (!is_finite(x)) return padded(name_of_non_finite(x), before_ + after_ + 1);
        if (scientific_) {
            auto t = scientific(x, static_cast<int>(exponent_after_), true);
            std::string digits = t.exponent.substr(2);
            digits.insert(0, exponent_digits_ - digits.size(), '0');
            return padded(t.integer, before_) + '.' + t.fraction + 'e' + t.exponent[1] + digits;
        }
        std::string s = positional(x, precision);
        std::size_t const point = s.find('.');
        s = padded(s, s.size() + before_ - point);
        s.resize(before_ + 1 + after_, ' ');
        return s;
    }

private:
    static void grow(std::size_t& a, std::size_t b) {
        if (b > a) a = b;
    }
    static void widen(std::size_t& before, std::size_t& after, std::string const& s) {
        std::size_t const point = s.find('.');
        grow(before, point);
        grow(after, s.size() - point - 1);
    }

    std::size_t before_ = 0, after_ = 0, exponent_before_ = 0, exponent_after_ = 0, exponent_digits_ = 0;
    T largest_ = 0, smallest_ = 0;
    bool non_finite_ = false, negative_infinity_ = false, any_finite_ = false, scientific_ = false;
};

template <class T>
    requires is_small_float<T>
class number_format<T> {
public:
    void see(T x) { format_.see(shortest(x)); }
    void done() { format_.done(); }
    std::string word(T x) const { return format_.word(shortest(x)); }

private:
    number_format<float> format_;
};

/// Elements of the user's own type, by their operator<<; <sstream> is needed only where they are printed.
template <class T>
    requires own_scalar<T>
class number_format<T> {
public:
    void see(T const& x) {
        std::size_t const n = plain(x).size();
        if (n > width_) width_ = n;
    }
    void done() {}
    std::string word(T const& x) const { return padded(plain(x), width_); }
    static std::string plain(T const& x) {
        std::basic_ostringstream<std::conditional_t<std::is_void_v<T>, T, char>> out;
        out << x;
        return out.str();
    }

private:
    std::size_t width_ = 0;
};

/// One number, not in an array: fixed from 1e-4 to 1e16 (float: 1e6), and "1.0" rather than "1.".
template <class T>
std::string scalar_text(T x) {
    if constexpr (std::same_as<T, bool>) {
        return x ? "True" : "False";
    } else if constexpr (own_scalar<T>) {
        return number_format<T>::plain(x);
    } else if constexpr (is_small_float<T>) {
        return scalar_text(shortest(x));
    } else if constexpr (std::integral<T>) {
        return std::to_string(x);
    } else {
        if (!is_finite(x)) return name_of_non_finite(x);
        double const size = x < 0 ? -static_cast<double>(x) : static_cast<double>(x);
        if (size == 0 || (size >= 1e-4 && size < (sizeof(T) == 4 ? 1e6 : 1e16))) {
            std::string s = positional(x, 400);
            return s.back() == '.' ? s + '0' : s;
        }
        auto const t = scientific(x, 400);
        return t.integer + (t.fraction.empty() ? "" : '.' + t.fraction) + t.exponent;
    }
}

}  // namespace sinter::detail
