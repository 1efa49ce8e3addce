// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>

namespace minilm {

/// A bar on stderr that fills as things get done, where stderr is a terminal.
class progress {
public:
    progress(char const* what, std::size_t all) : what_(what), all_(all), shown_(isatty(STDERR_FILENO) != 0) { show(); }
    ~progress() {
        if (shown_) std::fputs("\r\033[K", stderr);         // takes the bar away
    }
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;

    void step() {
        ++done_;
        if (clock::now() - last_ > std::chrono::milliseconds(50)) show();
    }
    double seconds() const { return std::chrono::duration<double>(clock::now() - start_).count(); }

private:
    using clock = std::chrono::steady_clock;
    static constexpr std::size_t cells = 40;

    void show() {
        last_ = clock::now();
        if (!shown_) return;
        std::size_t const full = all_ ? cells * done_ / all_ : cells;
        double const left = done_ ? seconds() / double(done_) * double(all_ - done_) : 0;
        std::fprintf(stderr, "\r%s [%s%s] %zu/%zu, %.0f s left\033[K", what_, std::string(full, '#').c_str(),
                     std::string(cells - full, ' ').c_str(), done_, all_, left);
        std::fflush(stderr);
    }

    char const* what_;
    std::size_t all_, done_ = 0;
    bool shown_;
    clock::time_point start_ = clock::now(), last_ = start_;
};

}  // namespace minilm
