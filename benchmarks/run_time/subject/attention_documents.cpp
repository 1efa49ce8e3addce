// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

namespace bench::subject {

/// The numbers of the documents are an operand. Filling it in takes a thousandth of the time.
void attention_documents(problem const& p) {
    attention_data a(p);
    sinter::vector<std::int32_t> document(p.size.n);
    for (std::size_t i = 0; i < p.size.n; ++i) document(i) = static_cast<std::int32_t>(i * documents / p.size.n);
    auto const s = a.q * transpose(a.k) / std::sqrt(float(p.size.d));
    a.o = softmax(where(equal(sinter::expand<1>(document), document), s, -std::numeric_limits<float>::infinity())) * a.v;
}

}  // namespace bench::subject
