// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

#include "formulas.hpp"

namespace bench {

/// PyTorch in a process of its own (torch_peer.py), on the same CPU. It takes its own time, of the thread that computes.
class torch_peer {
public:
    /// Starts `python`. Throws std::runtime_error where that has no torch.
    explicit torch_peer(std::string const& python);
    torch_peer(torch_peer const&) = delete;
    torch_peer& operator=(torch_peer const&) = delete;
    ~torch_peer();

    std::string const& version() const { return version_; }

    /// Hands over the operands; false where it has no such formula.
    bool prepare(formula const&, problem const&);
    /// Evaluates into p.out.
    void run(problem const& p);
    double seconds(std::size_t calls);

private:
    std::string ask(std::string const& line);

    std::filesystem::path folder_;
    std::FILE* to_ = nullptr;
    std::FILE* from_ = nullptr;
    int process_ = -1;
    std::string version_;
};

}  // namespace bench
