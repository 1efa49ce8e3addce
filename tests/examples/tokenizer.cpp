// SPDX-License-Identifier: BSL-1.0
// The tokenizer of the encoder example against tokens.json: what the reference tokenizer makes of awkward texts.
#include "minilm/bad_input.hpp"
#include "minilm/model.hpp"
#include "minilm/tokenizer.hpp"
#include "minilm/unicode.hpp"

#include <nlohmann/json.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace minilm {
namespace {

tokenizer const& words() {
    static tokenizer const t(default_folder() + "/vocab.txt");
    return t;
}

using ids = std::vector<token>;

BOOST_AUTO_TEST_CASE(reference) {
    auto const table = nlohmann::json::parse(std::ifstream(SINTER_EXAMPLES_DIR "/minilm/data/tokens.json"));
    BOOST_TEST(table.size() > 70u);
    for (auto const& row : table) {
        auto const text = row["text"].get<std::string>();
        BOOST_TEST_CONTEXT('"' << text << '"') {
            BOOST_TEST(words().encode(text, 256) == row["ids"].get<ids>(), boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(cut) {
    ids const whole{101, 2204, 2851, 1010, 2088, 102};      // [CLS] good morning , world [SEP]
    BOOST_TEST(words().encode("Good morning, world", 256) == whole, boost::test_tools::per_element());
    BOOST_TEST(words().encode("Good morning, world", 6) == whole, boost::test_tools::per_element());
    BOOST_TEST(words().encode("Good morning, world", 5) == ids({101, 2204, 2851, 1010, 102}), boost::test_tools::per_element());
    BOOST_TEST(words().encode("Good morning, world", 2) == ids({101, 102}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_text) {
    for (auto const* text : {"\xff", "a\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80"})
        BOOST_CHECK_EXCEPTION(words().encode(text, 256), bad_input, [](bad_input const& e) {
            return std::string(e.what()).find("is not text in UTF-8") == 0;
        });
}

BOOST_AUTO_TEST_CASE(what_is_no_vocabulary) {
    BOOST_CHECK_THROW(tokenizer("no_such_file.txt"), bad_input);
    BOOST_CHECK_THROW(tokenizer("."), bad_input);
    std::ofstream("no_vocabulary.txt") << "just\nlines\n";
    BOOST_CHECK_EXCEPTION(tokenizer("no_vocabulary.txt"), bad_input, [](bad_input const& e) {
        return std::string(e.what()).find("has no [UNK]") != std::string::npos;
    });
}

}  // namespace
}  // namespace minilm
