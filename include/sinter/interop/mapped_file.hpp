// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/error.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <utility>

namespace sinter {

/// A file as bytes in memory, read-only: nothing is copied, and pages come in when they are touched. The bytes stay where
/// they are when the object is moved. As long as it lives nobody may shorten the file: the system would end the program.
/// Throws: file_error where it cannot be read.
class mapped_file {
public:
    explicit mapped_file(std::string path) : path_(std::move(path)) {
        int const file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) refuse(std::strerror(errno));
        char const* const why = map(file);
        ::close(file);
        if (why != nullptr) refuse(why);
    }
    mapped_file(mapped_file&& other) noexcept
        : path_(std::move(other.path_)), data_(std::exchange(other.data_, nullptr)),
          size_(std::exchange(other.size_, 0)) {}
    mapped_file& operator=(mapped_file&& other) noexcept {
        std::swap(path_, other.path_);
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~mapped_file() {
        if (data_ != nullptr) ::munmap(data_, size_);
    }

    std::span<std::byte const> bytes() const { return {static_cast<std::byte const*>(data_), size_}; }
    std::string const& path() const { return path_; }

private:
    /// Returns why it is impossible, or null.
    char const* map(int file) {
        struct stat about;
        if (::fstat(file, &about) != 0) return std::strerror(errno);
        if (S_ISDIR(about.st_mode)) return "it is a folder";
        if (!S_ISREG(about.st_mode)) return "it is not a file whose size is known";
        if (about.st_size == 0) return nullptr;     // which no system maps
        auto const size = static_cast<std::size_t>(about.st_size);
        void* const data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (data == MAP_FAILED) return std::strerror(errno);
        data_ = data;
        size_ = size;
        return nullptr;
    }
    [[noreturn]] void refuse(char const* why) const { raise_file(path_ + ": cannot be read: " + why); }

    std::string path_;
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace sinter
