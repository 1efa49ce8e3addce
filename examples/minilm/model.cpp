// SPDX-License-Identifier: BSL-1.0
#include "model.hpp"

#include "bad_input.hpp"
#include "unicode.hpp"

#include <filesystem>
#include <fstream>

namespace minilm {
namespace {

std::string const& checked(std::string const& folder) {
    for (auto const* name : {"vocab.txt", "model.safetensors"})
        if (!std::filesystem::is_regular_file(std::filesystem::path(folder) / name))
            throw bad_input(folder + ": has no " + name + "; 'sh examples/minilm/fetch.sh' fetches the model");
    return folder;
}

}  // namespace

std::string default_folder() {
    auto const examples = std::filesystem::path(__FILE__).parent_path().parent_path();
    return examples.parent_path() / "build" / "minilm";
}

model::model(std::string const& folder, std::size_t longest)
    : words_(checked(folder) + "/vocab.txt"), layers_(folder + "/model.safetensors", longest) {
    if (words_.size() != layers_.pieces())
        throw bad_input(folder + "/vocab.txt: has " + std::to_string(words_.size()) + " pieces, expected " +
                        std::to_string(layers_.pieces()) + " as the model has");
}

std::vector<std::string> read_lines(std::string const& file) {
    std::ifstream stream(file);
    if (!stream || std::filesystem::is_directory(file)) throw bad_input(file + ": cannot be read");
    std::vector<std::string> lines;
    std::size_t number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        try {
            if (code_points(line).find_first_not_of(U" \t") == std::u32string::npos) continue;
        } catch (bad_input const& error) {
            throw bad_input(file + ", line " + std::to_string(number) + ": " + error.what());
        }
        lines.push_back(line);
    }
    if (number == 0) throw bad_input(file + ": holds no lines");
    if (lines.empty()) throw bad_input(file + ": all of its lines are empty");
    return lines;
}

}  // namespace minilm
