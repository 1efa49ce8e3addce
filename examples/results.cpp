// SPDX-License-Identifier: BSL-1.0
//
// What does a query attend to? One pass over the keys gives the answer itself, how sure it is (the entropy of its weights)
// and the log-sum-exp with which parts of a longer list of keys could be merged later. Another one finds the best keys.

#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

constexpr char const* names[] = {"cat", "dog", "car", "truck", "tulip"};

/// Formulas of named arguments: the compiler knows what the results share.
constexpr auto look_up = sinter::fn([](auto q, auto k, auto v) {
    auto scores = q * transpose(k);
    auto size = logsumexp(scores, sinter::axis<-1>);
    return together(softmax(scores) * v, size - sum(softmax(scores) % scores, sinter::axis<-1>), size);
});

int main() {
    //                              legs wheels petals
    sinter::matrix<float> const k{{4, 0, 0},    // cat
                                  {4, 0, 0.5f}, // dog
                                  {0, 4, 0},    // car
                                  {0, 6, 0},    // truck
                                  {0, 0, 5}};   // tulip
    sinter::matrix<float> const v{{4, 5}, {20, 8}, {1200, 150}, {9000, 400}, {0.1f, 30}};   // kilograms, centimetres
    sinter::matrix<float> const q{{1, 0, 0}, {0, 2, 0}, {0.1f, 0.1f, 0.1f}};

    sinter::matrix<float> answer(3, 2);
    sinter::vector<float> entropy(3), size(3);
    static_assert(decltype(plan(look_up(q, k, v)))::passes == 1);
    sinter::tie(answer, entropy, size) = look_up(q, k, v);

    sinter::matrix<float> best(3, 2);
    sinter::tensor<int, sinter::dyn, 2> which(3);
    sinter::tie(best, which) = sinter::topk<2>(q * transpose(k), sinter::axis<-1>);

    bool right = true;
    for (std::size_t i = 0; i < 3; ++i) {
        double z = 0, mean = 0;
        for (std::size_t j = 0; j < 5; ++j) {
            double s = 0;
            for (std::size_t d = 0; d < 3; ++d) s += double(q(i, d)) * k(j, d);
            z += std::exp(s);
            mean += std::exp(s) * s;
        }
        right = right && std::abs(size(i) - std::log(z)) < 1e-5 && std::abs(entropy(i) - (std::log(z) - mean / z)) < 1e-5;
        std::printf("query %zu: %8.1f kg %6.1f cm, entropy %.3f; best: %s, then %s\n", i, double(answer(i, 0)), double(answer(i, 1)),
                    double(entropy(i)), names[which(i, 0)], names[which(i, 1)]);
    }
    return right && which(0, 0) == 0 && which(1, 0) == 3 && which(1, 1) == 2 ? 0 : 1;
}
