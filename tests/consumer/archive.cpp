// SPDX-License-Identifier: BSL-1.0
// A header that needs a library: its target brings the library.
#include <sinter/interop/npz.hpp>

int main() {
    sinter::vector<float> const x{1, 2, 3};
    sinter::npz::writer out("archive.npz", true);
    out.add("x", x);
    out.close();
    return sinter::npz::reader("archive.npz").read<float, 3>("x") == x ? 0 : 1;
}
