# SPDX-License-Identifier: BSL-1.0
# awk -v stem=PATH -f snippets.awk PAGE: writes the code of a page to PATH.N.cpp and PATH.cpp, and prints their names.
# A file whose text would stay the same is left alone, so that nothing is compiled twice.
function put(path, text,   old, line) {
    while ((getline line < path) > 0) old = old line "\n"
    close(path)
    if (old != text) { printf "%s", text > path; close(path) }
    print path
}
/^<!-- cpp/ { hidden = 1; next }
hidden && /-->/ { hidden = 0; next }
hidden && /^#include/ { includes = includes $0 "\n"; next }
hidden { prelude = prelude $0 "\n"; next }
/^```cpp/ { inside = 1; block = ""; first = FNR + 1; next }
inside && /^```/ {
    inside = 0
    if (block ~ /int main/) put(stem "." (++programs) ".cpp", block)
    else body = body "{\n#line " first " \"" FILENAME "\"\n" block "}\n"
    next
}
inside { block = block $0 "\n" }
END {
    head = "#include <sinter/notation.hpp>\n#include <sinter/sinter.hpp>\n\n#include <cmath>\n#include <cstdio>\n"
    if (body != "") put(stem ".cpp", head includes "\nint main() {\n" prelude body "}\n")
}
