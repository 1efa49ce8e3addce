// SPDX-License-Identifier: BSL-1.0
//
// How alike are two things? The cosine of the angle between their vectors: 1 the same direction, 0 nothing in common.
// Numerator and both lengths come from one pass over the data.

#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

constexpr char const* names[] = {"cat", "dog", "car", "truck"};

double plain(float const* a, float const* b, std::size_t n) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < n; ++i) ab += double(a[i]) * b[i], aa += double(a[i]) * a[i], bb += double(b[i]) * b[i];
    return ab / std::sqrt(aa * bb);
}

int main() {
    // Two vectors → one number.
    sinter::vector<float> const a{3, 4, 0}, b{4, 3, 0};
    sinter::tensor<float> both;
    both = cosine_similarity(a, b);
    std::printf("(3,4,0) and (4,3,0): %.4f\n\n", double(both()));
    bool right = std::abs(double(both()) - 0.96) < 1e-6;

    // All pairs of rows: (4,1,5) and (1,4,5) → (4,4).     legs purrs barks wheels tonnes
    sinter::matrix<float> const x{{4, 1, 0, 0, 0.005f},    // cat
                                  {4, 0, 1, 0, 0.03f},     // dog
                                  {0, 0.2f, 0, 4, 1.3f},   // car
                                  {0, 0, 0, 6, 12}};       // truck
    sinter::matrix<float> pairs(4, 4);
    pairs = cosine_similarity(sinter::expand<1>(x), sinter::expand<0>(x));

    std::printf("%8s", "");
    for (auto name : names) std::printf("%8s", name);
    for (std::size_t i = 0; i < 4; ++i) {
        std::printf("\n%8s", names[i]);
        for (std::size_t j = 0; j < 4; ++j) {
            std::printf("%8.3f", double(pairs(i, j)));
            right = right && std::abs(double(pairs(i, j)) - plain(&x(i, 0), &x(j, 0), 5)) < 1e-6;
        }
    }
    std::puts("");
    return right ? 0 : 1;
}
