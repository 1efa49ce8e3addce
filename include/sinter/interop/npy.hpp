// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/interop/mapped_file.hpp>
#include <sinter/interop/npy_header.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// NumPy's .npy files, in and out: format versions 1 to 3, little-endian, C and Fortran order; bool, integers, half,
/// float and double, and bfloat16 as the two bytes without a meaning (`V2`) that ml_dtypes writes.
/// docs/interop.md is the guide; docs/design/0002-npy.md tells why this is not a library.
/// Throws: file_error, before anything is returned; its text begins with the path.
namespace sinter::npy {

/// An array whose element type and rank are known at run time only. Owns its elements.
class array {
public:
    explicit array(detail::stored_array file)
        : about_(std::move(file)), elements_(extent(about_.bytes.size()), detail::uninitialised{}) {
        if (!about_.bytes.empty()) std::memcpy(elements_.data(), about_.bytes.data(), about_.bytes.size());
        about_.bytes = {};
    }

    ir::dtype type() const { return about_.type; }
    std::vector<std::size_t> const& shape() const { return about_.shape; }
    std::size_t rank() const { return about_.shape.size(); }
    /// Whether the first axis is the contiguous one, else the last.
    bool fortran_order() const { return about_.columns_first; }
    /// The elements as the file has them.
    std::span<std::byte const> bytes() const SINTER_LIFETIMEBOUND { return {elements_.data(), elements_.shape().size()}; }
    /// Whether the elements are of type T.
    template <class T>
    bool holds() const { return about_.type == detail::stored_type_of<T>().type; }

    /// The elements as a view, `as<float, dyn, 64>()`. What was in Fortran order has its strides the other way round.
    template <class T, std::size_t... E>
    view<T, E...> as() & SINTER_LIFETIMEBOUND {
        auto const shape = checked<T, E...>();
        return detail::view_of_elements<T, E...>(reinterpret_cast<T*>(elements_.data()), shape, about_.columns_first);
    }
    template <class T, std::size_t... E>
    view<T const, E...> as() const& SINTER_LIFETIMEBOUND {
        auto const shape = checked<T, E...>();
        return detail::view_of_elements<T const, E...>(reinterpret_cast<T const*>(elements_.data()), shape, about_.columns_first);
    }
    template <class T, std::size_t... E>
    void as() const&& = delete;     // the elements would be gone at the end of the statement

private:
    static detail::extents<dyn> extent(std::size_t n) { return detail::extents<dyn>(std::array<std::size_t, 1>{n}); }

    template <class T, std::size_t... E>
    auto checked() const {
        auto about = about_;
        about.bytes = bytes();
        detail::expect_type<T>(about);
        return detail::expect_shape<E...>(about);
    }

    detail::stored_array about_;
    detail::heap_storage<std::byte, dyn> elements_;
};

/// The array of a file, of whatever type and rank it is.
inline array load(std::string const& path) {
    mapped_file const file(path);
    return array(detail::parse_npy(path, file.bytes()));
}

/// The array of a file as `read<float, dyn, 64>(path)`, row-major, whatever the order in the file.
template <class T, std::size_t... E>
tensor<T, E...> read(std::string const& path) {
    mapped_file const file(path);
    return detail::tensor_of_stored<T, E...>(detail::parse_npy(path, file.bytes()));
}

/// Writes a tensor or a view, in C order. What stood in the file is lost, also where writing fails in the middle.
template <is_tensor X>
void write(std::string const& path, X const& x) {
    auto const shape = x.shape();
    auto const header = detail::npy_header(detail::stored_type_of<typename X::value_type>(), shape.data(), shape.size());
    errno = 0;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), &std::fclose);
    bool good = file != nullptr;
    auto const put = [&](void const* data, std::size_t bytes) {
        good = good && std::fwrite(data, 1, bytes, file.get()) == bytes;
    };
    put(header.data(), header.size());
    detail::put_elements(x, put);
    good = good && std::fflush(file.get()) == 0;
    if (!good) raise_file(path + ": cannot be written: " + std::strerror(errno));
}

/// The value of a formula.
template <is_expression E>
void write(std::string const& path, E const& e) { write(path, eval(e)); }

}  // namespace sinter::npy
