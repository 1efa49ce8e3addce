// SPDX-License-Identifier: BSL-1.0
#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels.hpp"

namespace bench::reference {
namespace {

using doubles = std::vector<double>;

doubles widen(problem const& p, std::size_t slot) {
    auto const& from = p.in[slot];
    return doubles(from.data(), from.data() + from.size());
}

// (rows,cols) → (cols,rows)
doubles transposed(doubles const& x, std::size_t rows, std::size_t cols) {
    doubles y(x.size());
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < cols; ++j) y[j * rows + i] = x[i * cols + j];
    return y;
}

// x (k) × b (k,j) → y (j)
void row_times(double const* x, doubles const& b, std::size_t depth, std::size_t cols, double* y) {
    std::fill(y, y + cols, 0.0);
    for (std::size_t k = 0; k < depth; ++k)
        for (std::size_t j = 0; j < cols; ++j) y[j] += x[k] * b[k * cols + j];
}

void softmax(double* s, std::size_t count) {
    double const top = *std::max_element(s, s + count);
    double sum = 0;
    for (std::size_t j = 0; j < count; ++j) sum += s[j] = std::exp(s[j] - top);
    for (std::size_t j = 0; j < count; ++j) s[j] /= sum;
}

void normalise_rows(doubles& x, std::size_t cols) {
    for (std::size_t i = 0; i < x.size(); i += cols) {
        double squares = 0;
        for (std::size_t k = 0; k < cols; ++k) squares += x[i + k] * x[i + k];
        for (std::size_t k = 0; k < cols; ++k) x[i + k] /= std::sqrt(squares);
    }
}

// O_i = Σ_j weigh(scores of row i)_j · V_j
template <class Weigh>
void weighted_values(problem const& p, doubles const& q, doubles const& k, double* out, Weigh weigh) {
    auto const [n, m, d, e, h, g] = p.size;
    doubles const keys = transposed(k, m, d);  // (d,m)
    doubles const values = widen(p, 2);
    doubles scores(m);
    for (std::size_t i = 0; i < n; ++i) {
        row_times(&q[i * d], keys, d, m, scores.data());
        weigh(scores.data(), i);
        row_times(scores.data(), values, m, e, out + i * e);
    }
}

// The sentence with `score(s, i, j)` applied to the plain products.
template <class Score>
void softmax_attention(problem const& p, double* out, Score score) {
    std::size_t const m = p.size.m;
    weighted_values(p, widen(p, 0), widen(p, 1), out, [&](double* s, std::size_t i) {
        for (std::size_t j = 0; j < m; ++j) s[j] = score(s[j], i, j);
        softmax(s, m);
    });
}

double root(problem const& p) { return std::sqrt(double(p.size.d)); }

// One head of the rows, with the head of the keys that it shares.
problem head_of(problem const& p, std::size_t head) {
    auto const [n, m, d, e, h, g] = p.size;
    auto const part = [](buffer const& x, std::size_t at, std::size_t size) {
        buffer y(size);
        std::copy_n(x.data() + at * size, size, y.data());
        return y;
    };
    std::size_t const of_keys = head / (h / g);
    problem one{{n, m, d, e, 1, 1}, {}, buffer()};
    one.in.push_back(part(p.in[0], head, n * d));
    one.in.push_back(part(p.in[1], of_keys, m * d));
    one.in.push_back(part(p.in[2], of_keys, m * e));
    return one;
}

// (n,m) × (m,e) → (n,e)
void product(problem const& p, doubles const& a, doubles const& b, double* out) {
    auto const [n, m, d, e, h, g] = p.size;
    for (std::size_t i = 0; i < n; ++i) row_times(&a[i * m], b, m, e, out + i * e);
}

}  // namespace

void attention(problem const& p, double* out) {
    softmax_attention(p, out, [r = root(p)](double s, auto, auto) { return s / r; });
}

void attention_bias(problem const& p, double* out) {
    softmax_attention(p, out, [&, r = root(p)](double s, std::size_t i, std::size_t j) {
        return s / r + double(p.in[3][i * p.size.m + j]);
    });
}

void attention_causal(problem const& p, double* out) {
    softmax_attention(p, out, [r = root(p)](double s, std::size_t i, std::size_t j) {
        return j <= i ? s / r : -HUGE_VAL;
    });
}

void attention_window(problem const& p, double* out) {
    softmax_attention(p, out, [r = root(p)](double s, std::size_t i, std::size_t j) {
        return j <= i && i - j < window ? s / r : -HUGE_VAL;
    });
}

void attention_prefix(problem const& p, double* out) {
    softmax_attention(p, out, [r = root(p)](double s, std::size_t i, std::size_t j) {
        return j <= i || j < prefix ? s / r : -HUGE_VAL;
    });
}

void attention_documents(problem const& p, double* out) {
    softmax_attention(p, out, [&, r = root(p)](double s, std::size_t i, std::size_t j) {
        return i * documents / p.size.n == j * documents / p.size.m ? s / r : -HUGE_VAL;
    });
}

void attention_alibi(problem const& p, double* out) {
    softmax_attention(p, out, [r = root(p)](double s, std::size_t i, std::size_t j) {
        return j <= i ? s / r - double(slope) * double(i - j) : -HUGE_VAL;
    });
}

void attention_cross(problem const& p, double* out) { attention(p, out); }

void attention_grouped(problem const& p, double* out) {
    auto const [n, m, d, e, h, g] = p.size;
    for (std::size_t head = 0; head < h; ++head) attention(head_of(p, head), out + head * n * e);
}

void attention_lengths(problem const& p, double* out) {
    auto const [n, m, d, e, h, g] = p.size;
    for (std::size_t b = 0; b < h; ++b)
        softmax_attention(head_of(p, b), out + b * n * e, [r = root(p), length = length_of(b, h, m)](double s, auto, std::size_t j) {
            return j < length ? s / r : -HUGE_VAL;
        });
}

void attention_decode(problem const& p, double* out) { attention_grouped(p, out); }

void attention_soft_cap(problem const& p, double* out) {
    double const c = soft_cap;
    softmax_attention(p, out, [c, r = root(p)](double s, auto, auto) { return c * std::tanh(s / r / c); });
}

void attention_sigmoid(problem const& p, double* out) {
    weighted_values(p, widen(p, 0), widen(p, 1), out, [&](double* s, std::size_t) {
        for (std::size_t j = 0; j < p.size.m; ++j) s[j] = 1 / (1 + std::exp(-s[j]));
    });
}

void attention_cosine(problem const& p, double* out) {
    doubles q = widen(p, 0), k = widen(p, 1);
    normalise_rows(q, p.size.d);
    normalise_rows(k, p.size.d);
    weighted_values(p, q, k, out, [&](double* s, std::size_t) {
        for (std::size_t j = 0; j < p.size.m; ++j) s[j] *= double(temperature);
        softmax(s, p.size.m);
    });
}

void product_nn(problem const& p, double* out) { product(p, widen(p, 0), widen(p, 1), out); }

void product_tn(problem const& p, double* out) {
    product(p, transposed(widen(p, 0), p.size.m, p.size.n), widen(p, 1), out);
}

void product_nt(problem const& p, double* out) {
    product(p, widen(p, 0), transposed(widen(p, 1), p.size.e, p.size.m), out);
}

void product_tt(problem const& p, double* out) {
    product(p, transposed(widen(p, 0), p.size.m, p.size.n), transposed(widen(p, 1), p.size.e, p.size.m), out);
}

void convolution(problem const& p, double* out) {
    auto const [n, c, k, o, h, g] = p.size;       // (c,n,n) ⋆ (o,c,k,k) → (o,n,n)
    doubles const x = widen(p, 0), w = widen(p, 1);
    std::size_t const border = k / 2;
    for (std::size_t f = 0; f < o; ++f)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) {
                double sum = 0;
                for (std::size_t b = 0; b < c; ++b)
                    for (std::size_t a = 0; a < k * k; ++a) {
                        std::size_t const y = i + a / k, z = j + a % k;
                        if (y < border || z < border || y - border >= n || z - border >= n) continue;
                        sum += w[(f * c + b) * k * k + a] * x[(b * n + y - border) * n + z - border];
                    }
                out[(f * n + i) * n + j] = sum;
            }
}

void kernel_sum(problem const& p, double* out) {
    auto const [n, m, d, e, h, g] = p.size;
    doubles const x = widen(p, 0), y = widen(p, 1), w = widen(p, 2);
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = 0;
        for (std::size_t j = 0; j < m; ++j) {
            double distance = 0;
            for (std::size_t k = 0; k < d; ++k) {
                double const difference = x[i * d + k] - y[j * d + k];
                distance += difference * difference;
            }
            out[i] += std::exp(-distance) * w[j];
        }
    }
}

void softmax_rows(problem const& p, double* out) {
    std::copy_n(p.operand(0), p.in[0].size(), out);
    for (std::size_t i = 0; i < p.size.n; ++i) softmax(out + i * p.size.e, p.size.e);
}

void layer_norm_rows(problem const& p, double* out) {
    std::size_t const cols = p.size.e;
    for (std::size_t i = 0; i < p.size.n; ++i) {
        float const* x = p.operand(0) + i * cols;
        double mean = 0, variance = 0;
        for (std::size_t j = 0; j < cols; ++j) mean += x[j];
        mean /= double(cols);
        for (std::size_t j = 0; j < cols; ++j) variance += (x[j] - mean) * (x[j] - mean);
        double const scale = 1 / std::sqrt(variance / double(cols) + double(epsilon));
        for (std::size_t j = 0; j < cols; ++j)
            out[i * cols + j] = (x[j] - mean) * scale * double(p.in[1][j]) + double(p.in[2][j]);
    }
}

void elementwise(problem const& p, double* out) {
    doubles const a = widen(p, 0), b = widen(p, 1), c = widen(p, 2), d = widen(p, 3);
    for (std::size_t i = 0; i < p.size.n; ++i) out[i] = (a[i] + b[i] * c[i]) / (d[i] + 1);
}

void perceptron(problem const& p, double* out) {
    auto const [n, m, d, e, h, g] = p.size;
    doubles const x = widen(p, 0), first = widen(p, 1), second = widen(p, 3);
    doubles hidden(m);
    for (std::size_t i = 0; i < n; ++i) {
        row_times(&x[i * d], first, d, m, hidden.data());
        for (std::size_t j = 0; j < m; ++j) hidden[j] = std::max(0.0, hidden[j] + double(p.in[2][j]));
        row_times(hidden.data(), second, m, e, out + i * e);
        for (std::size_t j = 0; j < e; ++j) out[i * e + j] += double(p.in[4][j]);
    }
}

}  // namespace bench::reference
