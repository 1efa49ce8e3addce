// SPDX-License-Identifier: BSL-1.0
// Compiled without exceptions and run-time types: what is wrong with a file reaches the handler as text.
#include <sinter/interop/npy.hpp>
#include <sinter/interop/safetensors.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

void expected(char const* text) {
    std::printf("the handler got: %s\n", text);
    bool const right = std::strstr(text, "noexcept.npy: its header: tensor 'w': is the number 1, expected an object");
    std::fflush(stdout);
    std::_Exit(right ? 0 : 1);
}

}  // namespace

int main() {
    sinter::vector<char> const bytes{15, 0, 0, 0, 0, 0, 0, 0, '{', '"', 'w', '"', ':', '1', ',', '"', 'x', '"', ':', '2', '}', ' ', ' '};
    sinter::npy::write("noexcept.npy", bytes);
    if (sinter::npy::read<char, sinter::dyn>("noexcept.npy") != bytes) return 1;

    std::FILE* const file = std::fopen("noexcept.npy", "wb");
    if (file == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size() || std::fclose(file) != 0) return 1;
    sinter::set_error_handler(&expected);
    sinter::safetensors::file const wrong("noexcept.npy");      // the handler ends the program
    return 1;
}
