// SPDX-License-Identifier: BSL-1.0
// The keys are a product that every query needs, and the scores are streamed: it would have to be kept.
// expect: sinter: this formula needs a whole intermediate
// expect: sum over p of B\[k,p\]\*C\[p,l\]|'B', '\[', 'k', ',', 'p', '\]', '\*', 'C'
// lines: 45
#include <sinter/sinter.hpp>

sinter::matrix<float> x, y, w, z;
#ifdef SINTER_FAIL
auto o = eval(softmax(x * transpose(relu(y * w))) * z);
#else
auto o = eval(softmax(x * transpose(relu(materialize(y * w)))) * z);
auto p = eval(softmax(x * y * w) * relu(materialize(y * z)));
#endif
