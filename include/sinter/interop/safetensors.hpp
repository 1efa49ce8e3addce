// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/interop/mapped_file.hpp>
#include <sinter/interop/safetensors_header.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// Tensors of a safetensors file, used where they are in the file: it is mapped into memory and nothing is copied.
/// Needs nlohmann/json (Debian: nlohmann-json3-dev). docs/interop.md is the guide.
///
///     sinter::safetensors::file model("model.safetensors");
///     auto w = model.get<float, dyn, 384>("encoder.weight");          // a view, as long as `model` lives
namespace sinter::safetensors {

/// What a file says of one of its tensors.
struct entry {
    std::string name;
    std::string dtype;                  ///< as the format calls it: "F32"
    ir::dtype type;                     ///< none: a type that the library has not
    std::vector<std::size_t> shape;
    std::size_t begin, end;             ///< of its bytes, behind the header
};

/// A file, all of whose header is checked when it is opened: tensors fill its data from the first byte to the last,
/// without gaps or overlaps, and each has as many bytes as its shape and type need. (A type that the library has not is
/// refused when that tensor is asked for; how many bytes it needs is not known.)
/// Throws: file_error, which says the path, the tensor, what was found and what was expected.
class file {
public:
    explicit file(std::string path) : map_(std::move(path)) {
        read_header();
        check_layout();
        std::sort(tensors_.begin(), tensors_.end(), [](entry const& a, entry const& b) { return a.name < b.name; });
    }

    /// All tensors, by name.
    std::span<entry const> tensors() const SINTER_LIFETIMEBOUND { return tensors_; }
    /// The texts of "__metadata__".
    std::map<std::string, std::string> const& metadata() const SINTER_LIFETIMEBOUND { return metadata_; }
    std::string const& path() const { return map_.path(); }

    /// What the file says of a tensor; null where it has none of that name.
    entry const* find(std::string_view name) const SINTER_LIFETIMEBOUND {
        auto const at = std::lower_bound(tensors_.begin(), tensors_.end(), name,
                                         [](entry const& e, std::string_view n) { return e.name < n; });
        return at != tensors_.end() && at->name == name ? &*at : nullptr;
    }
    bool contains(std::string_view name) const { return find(name) != nullptr; }

    /// The elements in the file, get<float, dyn, 64>("name"). The view lives as long as the file object, also a moved one.
    /// Refuses another type, rank or extent, and elements that aren't aligned as T is.
    template <class T, std::size_t... E>
    view<T const, E...> get(std::string_view name) const SINTER_LIFETIMEBOUND {
        return detail::view_of_stored<T, E...>(stored(name));
    }
    /// A copy of the elements, aligned or not.
    template <class T, std::size_t... E>
    tensor<T, E...> read(std::string_view name) const {
        return detail::tensor_of_stored<T, E...>(stored(name));
    }

private:
    static constexpr std::size_t prefix = 8;                        ///< the bytes of the header's length
    static constexpr std::size_t longest_header = 100'000'000;      ///< the format's own limit

    [[noreturn]] void refuse(std::string const& what) const { raise_file(path() + ": " + what); }

    void read_header() {
        auto const bytes = map_.bytes();
        if (bytes.size() < prefix)
            refuse("has " + std::to_string(bytes.size()) + " bytes, expected the 8 that a safetensors file begins with");
        std::uint64_t length;
        std::memcpy(&length, bytes.data(), prefix);
        if (length > longest_header)
            refuse("its header has a length of " + std::to_string(length) + ", expected at most " +
                   std::to_string(longest_header) + "; is it a safetensors file?");
        if (length > bytes.size() - prefix)
            refuse("its header has a length of " + std::to_string(length) + ", but only " +
                   std::to_string(bytes.size() - prefix) + " bytes follow; is it truncated?");
        std::string_view const text(reinterpret_cast<char const*>(bytes.data()) + prefix, length);
        if (!text.starts_with('{')) refuse("its header does not begin with '{'");
        if (auto const nul = text.find('\0'); nul != text.npos)         // where the parser would take it for the end
            refuse("its header: it is no JSON at byte " + std::to_string(nul + 1) + ": it has a NUL");
        detail::safetensors_listener header;
        if (!nlohmann::json::sax_parse(text, &header) || !header.wrong.empty()) refuse("its header: " + header.wrong);
        if (text[text.find_last_not_of(' ')] != '}') refuse("its header has more than spaces behind the object");
        for (auto& t : header.tensors)
            tensors_.push_back({std::move(t.name), std::move(t.dtype), ir::dtype::none, std::move(t.shape), t.offsets[0],
                                t.offsets[1]});
        metadata_ = std::move(header.metadata);
        data_ = bytes.subspan(prefix + length);
    }

    void check_layout() {
        std::sort(tensors_.begin(), tensors_.end(), [](entry const& a, entry const& b) {
            return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
        });
        std::size_t filled = 0;
        std::string before = "the header";
        for (entry& e : tensors_) {
            check_size(e);
            if (e.begin != filled)
                refuse(where(e) + (e.begin < filled ? "overlaps " : "leaves a gap behind ") + before + ", which ends at byte " +
                       std::to_string(filled) + " of the data; expected it to begin there");
            filled = e.end;
            before = "'" + e.name + "'";
        }
        if (filled != data_.size())
            refuse("has " + std::to_string(data_.size()) + " bytes of data, of which the last " +
                   std::to_string(data_.size() - filled) + " belong to no tensor");
    }

    /// Everything about a tensor that does not depend on others.
    void check_size(entry& e) const {
        if (e.begin > e.end) refuse(where(e) + "expected the first to be at most the second");
        if (e.end > data_.size())
            refuse(where(e) + "the file has " + std::to_string(data_.size()) + " bytes of data; is it truncated?");
        for (detail::stored_type const& t : detail::stored_types) {
            if (t.safetensors != e.dtype) continue;
            e.type = t.type;
            auto const bytes = detail::bytes_of_shape(e.shape, static_cast<std::size_t>(ir::bytes_of(t.type)));
            if (bytes != e.end - e.begin)
                refuse(where(e) + "expected " + (bytes ? std::to_string(*bytes) : "more than memory can hold") +
                       " bytes for shape " + detail::shape_text(e.shape) + " of " + e.dtype);
        }
    }

    static std::string where(entry const& e) {
        return "tensor '" + e.name + "', data_offsets [" + std::to_string(e.begin) + ", " + std::to_string(e.end) + "]: ";
    }

    detail::stored_array stored(std::string_view name) const {
        entry const* const e = find(name);
        if (e == nullptr) refuse("has no tensor '" + std::string(name) + "'");
        return {path() + ": tensor '" + e->name + "'", e->type, e->dtype, e->shape, false,
                data_.subspan(e->begin, e->end - e->begin)};
    }

    mapped_file map_;
    std::span<std::byte const> data_;   ///< behind the header
    std::vector<entry> tensors_;
    std::map<std::string, std::string> metadata_;
};

}  // namespace sinter::safetensors
