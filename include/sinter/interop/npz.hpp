// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/interop/npy.hpp>

#include <zip.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// NumPy's .npz files, which are zip archives of .npy files, stored or deflated, in and out. By libzip (Debian:
/// libzip-dev): link with -lzip, or with CMake's target sinter::npz.
///
///     sinter::npz::reader in("x.npz");
///     auto w = in.read<float, dyn, 64>("w");
///     sinter::npz::writer out("y.npz");
///     out.add("w", w);
///     out.close();
///
/// Throws: file_error, whose text begins with the path.
namespace sinter::npz {

namespace detail {
using namespace sinter::detail;

struct discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using handle = std::unique_ptr<zip_t, discard>;

inline handle open(std::string const& path, int flags, char const* what) {
    int code = 0;
    handle archive(zip_open(path.c_str(), flags, &code));
    if (archive == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        std::string const why = zip_error_strerror(&error);
        zip_error_fini(&error);
        raise_file(path + ": cannot be " + what + ": " + why);
    }
    return archive;
}
}  // namespace detail

/// An archive to read from. One thread at a time: members are read through the archive's one position.
class reader {
public:
    explicit reader(std::string path)
        : path_(std::move(path)), archive_(detail::open(path_, ZIP_RDONLY | ZIP_CHECKCONS, "read")) {
        auto const n = zip_get_num_entries(archive_.get(), 0);
        for (zip_int64_t i = 0; i < n; ++i) {
            char const* const member = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0);
            if (member == nullptr) refuse(zip_strerror(archive_.get()));
            std::string_view name(member);
            if (name.ends_with(".npy")) name.remove_suffix(4);
            if (!index_.emplace(name, static_cast<zip_uint64_t>(i)).second) refuse("has '" + std::string(name) + "' twice");
        }
    }

    /// The arrays' names, sorted.
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (auto const& [name, index] : index_) all.push_back(name);
        return all;
    }
    bool contains(std::string_view name) const { return index_.find(name) != index_.end(); }

    /// An array, of whatever type and rank it is.
    npy::array load(std::string_view name) const {
        auto const bytes = member(name);
        return npy::array(detail::parse_npy(where(name), {bytes.data(), bytes.shape().size()}));
    }
    /// An array as `read<float, dyn, 64>("name")`, row-major.
    template <class T, std::size_t... E>
    tensor<T, E...> read(std::string_view name) const {
        auto const bytes = member(name);
        return detail::tensor_of_stored<T, E...>(detail::parse_npy(where(name), {bytes.data(), bytes.shape().size()}));
    }

private:
    using buffer = detail::heap_storage<std::byte, dyn>;

    [[noreturn]] void refuse(std::string const& what) const { raise_file(path_ + ": " + what); }
    std::string where(std::string_view name) const { return path_ + ": array '" + std::string(name) + "'"; }

    /// The bytes of a member, unpacked; its checksum is right.
    buffer member(std::string_view name) const {
        auto const found = index_.find(name);
        if (found == index_.end()) refuse("has no array '" + std::string(name) + "'");
        zip_stat_t about;
        if (zip_stat_index(archive_.get(), found->second, 0, &about) != 0) unreadable(name);
        // A byte of deflated data makes at most 1032: memory is not asked for on the word of a forged header.
        if (about.size / 1032 > about.comp_size) raise_file(where(name) + ": cannot be as large as the archive says");
        auto const size = static_cast<std::size_t>(about.size);
        buffer bytes(detail::extents<dyn>(std::array<std::size_t, 1>{size}), detail::uninitialised{});
        std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive_.get(), found->second, 0), &zip_fclose);
        if (file == nullptr) unreadable(name);
        zip_int64_t n = 0;
        for (std::size_t at = 0; at < size; at += static_cast<std::size_t>(n))
            if ((n = zip_fread(file.get(), bytes.data() + at, size - at)) <= 0) broken(name, file.get());
        char more;
        if (zip_fread(file.get(), &more, 1) != 0) broken(name, file.get());     // the end, where the checksum is compared
        return bytes;
    }
    [[noreturn]] void unreadable(std::string_view name) const {
        raise_file(where(name) + ": cannot be read: " + zip_strerror(archive_.get()));
    }
    [[noreturn]] void broken(std::string_view name, zip_file_t* file) const {
        raise_file(where(name) + ": cannot be unpacked: " + zip_file_strerror(file));
    }

    std::string path_;
    detail::handle archive_;
    std::map<std::string, zip_uint64_t, std::less<>> index_;
};

/// An archive to write. Nothing is written before close(), and nothing without it; a file of that name is replaced.
class writer {
public:
    /// compress: deflates, as numpy.savez_compressed.
    explicit writer(std::string path, bool compress = false)
        : path_(std::move(path)), archive_(detail::open(path_, ZIP_CREATE | ZIP_TRUNCATE, "written")), compress_(compress) {}

    /// Adds a tensor or a view; its elements are copied at once.
    template <is_tensor X>
    void add(std::string const& name, X const& x) {
        if (archive_ == nullptr) refuse("it is closed already");
        auto const shape = x.shape();
        auto const header = detail::npy_header(detail::stored_type_of<typename X::value_type>(), shape.data(), shape.size());
        std::size_t const size = header.size() + x.size() * sizeof(typename X::value_type);
        auto* const bytes = static_cast<char*>(std::malloc(size));      // libzip frees it
        if (bytes == nullptr) refuse("there is no memory for '" + name + "'");
        std::memcpy(bytes, header.data(), header.size());
        char* at = bytes + header.size();
        detail::put_elements(x, [&](void const* data, std::size_t n) {
            std::memcpy(at, data, n);
            at += n;
        });
        zip_source_t* const source = zip_source_buffer(archive_.get(), bytes, size, 1);
        if (source == nullptr) {
            std::free(bytes);
            refuse(zip_strerror(archive_.get()));
        }
        auto const index = zip_file_add(archive_.get(), (name + ".npy").c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            refuse("'" + name + "': " + zip_strerror(archive_.get()));
        }
        zip_set_file_compression(archive_.get(), static_cast<zip_uint64_t>(index), compress_ ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    }

    /// Adds the value of a formula.
    template <is_expression E>
    void add(std::string const& name, E const& e) { add(name, eval(e)); }

    /// Writes the file. After that nothing can be added.
    void close() {
        if (archive_ != nullptr && zip_close(archive_.get()) == 0) static_cast<void>(archive_.release());
        else refuse(archive_ == nullptr ? "it is closed already" : zip_strerror(archive_.get()));
    }

private:
    [[noreturn]] void refuse(std::string const& why) const { raise_file(path_ + ": cannot be written: " + why); }

    std::string path_;
    detail::handle archive_;
    bool compress_;
};

}  // namespace sinter::npz
