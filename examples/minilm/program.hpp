// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "bad_input.hpp"

#include <sinter/core/error.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

namespace minilm {

/// Reads the command line; false where --help was asked for and printed.
inline bool parse(CLI::App& app, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (CLI::CallForHelp const& help) {
        app.exit(help);
        return false;
    } catch (CLI::ParseError const& error) {
        std::string line = error.what();
        std::replace(line.begin(), line.end(), '\n', ' ');
        throw bad_input(line + " (--help lists the options)");
    }
    return true;
}

/// The exit status of `run`; 2 where what the user gave cannot be used, with a line on stderr that says why.
template <class F>
int guarded(char const* name, F run) {
    std::string message;
    try {
        return run();
    } catch (bad_input const& error) {
        message = error.what();
    } catch (sinter::file_error const& error) {
        message = error.what();
    }
    std::fprintf(stderr, "%s: %s\n", name, message.c_str());
    return 2;
}

}  // namespace minilm
