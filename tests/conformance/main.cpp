// SPDX-License-Identifier: BSL-1.0
// Runs the cases of a folder; --help tells how.
#include "compare.hpp"
#include "operators.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

namespace conformance {
namespace {

constexpr int skipped = 77;         // what CTest takes for a test that was not run

struct options {
    std::string cases;
    std::vector<std::string> filters;
    bool verbose = false;
};

enum class verdict { passed, failed, not_applicable };

struct outcome {
    verdict what = verdict::passed;
    std::string why;
    double largest = 0;             ///< error in units of the bound
};

struct tally {
    int count[3] = {};
    double largest = 0;
};

/// All results of a case, each within the bound of its element type.
outcome judge(test_case const& c, operators const& all) {
    outcome o;
    auto const got = run(c, all);
    for (std::size_t i = 0; i < c.outputs.size(); ++i) {
        auto const& want = c.outputs[i].value;
        if (!want) continue;
        std::string const where = "result " + std::to_string(i) + ": ";
        if (i >= got.size() || !got[i]) return {verdict::failed, where + "is missing", 0};
        auto const seen = compare(*got[i], *want, bound_of(want->type, {c.rtol, c.atol}));
        o.largest = std::max(o.largest, seen.largest);
        if (!seen.difference.empty()) return {verdict::failed, where + seen.difference, o.largest};
    }
    return o;
}

outcome try_case(std::filesystem::path const& folder, test_case& c, operators const& all) {
    c.name = folder.filename().string();
    c.family = "unreadable";
    try {
        c = read_case(folder);
        return judge(c, all);
    } catch (not_applicable const& reason) {
        return {verdict::not_applicable, reason.what(), 0};
    } catch (std::exception const& error) {
        return {verdict::failed, error.what(), 0};
    }
}

/// Whether a filter names the case, its family or its operator.
bool selected(options const& o, std::filesystem::path const& folder) {
    if (o.filters.empty()) return true;
    std::ifstream file(folder / "case.json");
    std::string const text(std::istreambuf_iterator<char>(file), {});
    return std::any_of(o.filters.begin(), o.filters.end(), [&](std::string const& f) {
        return folder.filename() == f || text.find("\"family\": \"" + f + "\"") != text.npos ||
               text.find("\"op\": \"" + f + "\"") != text.npos;
    });
}

std::vector<std::filesystem::path> folders_of(options const& o) {
    std::vector<std::filesystem::path> folders;
    for (auto const& entry : std::filesystem::directory_iterator(o.cases))
        if (std::filesystem::exists(entry.path() / "case.json") && selected(o, entry.path())) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

void print(std::map<std::string, tally> const& families) {
    std::printf("\n%-30s %7s %7s %15s   %s\n", "family", "passed", "failed", "not applicable", "largest error, in bounds");
    tally total;
    for (auto const& [name, t] : families) {
        std::printf("%-30s %7d %7d %15d   %.2g\n", name.c_str(), t.count[0], t.count[1], t.count[2], t.largest);
        for (int i = 0; i < 3; ++i) total.count[i] += t.count[i];
        total.largest = std::max(total.largest, t.largest);
    }
    std::printf("%-30s %7d %7d %15d   %.2g\n", "all", total.count[0], total.count[1], total.count[2], total.largest);
}

int run_all(options const& o) {
    static constexpr char const* words[] = {"passed", "FAILED", "not applicable"};
    operators const all;
    std::map<std::string, tally> families;
    int failed = 0, ran = 0;
    for (auto const& folder : folders_of(o)) {
        test_case c;
        auto const result = try_case(folder, c, all);
        auto& family = families[c.family];
        ++family.count[static_cast<int>(result.what)];
        family.largest = std::max(family.largest, result.largest);
        failed += result.what == verdict::failed;
        ran += result.what != verdict::not_applicable;
        if (o.verbose || result.what != verdict::passed)
            std::printf("%s: %s%s%s\n", words[static_cast<int>(result.what)], c.name.c_str(), result.why.empty() ? "" : ": ",
                        result.why.c_str());
    }
    print(families);
    if (ran == 0) std::printf("FAILED: no case was run\n");
    return failed != 0 || ran == 0;
}

std::optional<options> parse(int argc, char** argv, int& status) {
    options o;
    if (char const* folder = std::getenv("SINTER_ONNX_CASES")) o.cases = folder;
    CLI::App app{"Runs the ONNX project's cases of single operators through formulas of sinter and compares the results.\n"
                 "Exit status: 0 all that can be expressed is right, 1 something is not, 2 bad options, 77 there is no such folder.\n",
                 "conformance"};
    app.add_option("--cases", o.cases, "the folder with a folder for each case; default: the environment's SINTER_ONNX_CASES");
    app.add_option("--filter", o.filters, "only cases of this family, operator or name; may be given several times");
    app.add_flag("--verbose", o.verbose, "a line for every case, not only for those that did not pass");
    try {
        app.parse(argc, argv);
        return o;
    } catch (CLI::ParseError const& error) {
        status = app.exit(error) == 0 ? 0 : 2;
        return std::nullopt;
    }
}

int main_of(int argc, char** argv) {
    int status = 0;
    auto const o = parse(argc, argv, status);
    if (!o) return status;
    if (o->cases.empty() || !std::filesystem::is_directory(o->cases)) {
        std::printf("skipped: there is no folder of cases%s%s; name one by --cases or SINTER_ONNX_CASES\n",
                    o->cases.empty() ? "" : " at ", o->cases.c_str());
        return skipped;
    }
    return run_all(*o);
}

}  // namespace
}  // namespace conformance

int main(int argc, char** argv) { return conformance::main_of(argc, argv); }
