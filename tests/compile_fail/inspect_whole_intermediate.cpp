// SPDX-License-Identifier: BSL-1.0
// relu(V*W) is a factor of the outer product for every row of the weights: it would have to be kept whole.
// expect: error: .*sinter: this formula needs a whole intermediate.*materialize
// expect: (sum over p of C\[k,p\]\*D\[p,j\]|'s', 'u', 'm', ' ', 'o', 'v', 'e', 'r', ' ', 'p')
// lines: 20
#include <sinter/sinter.hpp>

sinter::matrix<float> q, k, v, w, out;
void evaluate() {
#ifdef SINTER_FAIL
    out = softmax(q * transpose(k)) * relu(v * w);
#else
    out = softmax(q * transpose(k)) * materialize(relu(v * w));
#endif
}
