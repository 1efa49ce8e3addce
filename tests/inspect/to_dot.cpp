// SPDX-License-Identifier: BSL-1.0
// to_dot(e): two clusters, every edge between nodes that are declared, one colour for each pass.
#include <sinter/sinter.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>
#include <string>

namespace {

using sinter::matrix;
using sinter::transpose;

struct picture {
    std::set<std::string> declared, used, colours;
    int clusters = 0, opened = 0;

    explicit picture(std::string const& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            for (char const c : line) opened += (c == '{') - (c == '}');
            clusters += line.find("subgraph cluster_") != line.npos;
            std::istringstream words(line);
            std::string first, second, third;
            words >> first >> second >> third;
            if (second == "->") used.insert(first), used.insert(third.substr(0, third.size() - 1));
            else if (second.front() == '[' && first != "node" && first != "edge") declared.insert(first);
            auto const colour = line.find("fillcolor=\"#");
            if (colour != line.npos) colours.insert(line.substr(colour + 11, 7));
        }
    }
};

BOOST_AUTO_TEST_CASE(nodes_and_edges) {
    matrix<float> q(100, 64), k(200, 64), v(200, 48);
    auto const text = to_dot(softmax(q * transpose(k)) * v, "Q", "K", "V");
    picture const p(text);
    BOOST_TEST(text.rfind("digraph ", 0) == 0u);
    BOOST_TEST(p.clusters == 2);
    BOOST_TEST(p.opened == 0);
    BOOST_TEST(!p.used.empty());
    for (auto const& node : p.used) BOOST_TEST(p.declared.count(node) == 1u, node << " is not declared");
    BOOST_TEST(p.colours.size() == 2u);                          // the pass, and what stands outside of it
    for (char const* const words : {"softmax", "product", "maximum over k", "sum over l", "Q[i,l]", "V[k,j]", "1 pass"})
        BOOST_TEST(text.find(words) != text.npos, words);
}

BOOST_AUTO_TEST_CASE(a_colour_for_each_pass) {
    matrix<float> q(100, 64), k(200, 64), v(200, 48);
    BOOST_TEST(picture(to_dot(tanh(softmax(q * transpose(k))) * v)).colours.size() == 3u);
}

}  // namespace
