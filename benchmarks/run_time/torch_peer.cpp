// SPDX-License-Identifier: BSL-1.0
#include "torch_peer.hpp"

#include <nlohmann/json.hpp>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <stdexcept>

extern char** environ;

namespace bench {
namespace {

using json = nlohmann::json;

std::filesystem::path new_folder() {
    bool const in_memory = ::access("/dev/shm", W_OK) == 0;
    std::string pattern = std::string(in_memory ? "/dev/shm" : "/tmp") + "/sinter-run_time-XXXXXX";
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a folder for the operands, " + pattern);
    return pattern;
}

void write(std::filesystem::path const& path, buffer const& data) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<char const*>(data.data()), std::streamsize(data.size() * sizeof(float)));
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

torch_peer::torch_peer(std::string const& python) : folder_(new_folder()) {
    std::signal(SIGPIPE, SIG_IGN);     // a peer that has died is an error of its own
    int in[2], out[2];
    if (::pipe(in) != 0 || ::pipe(out) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    for (int const end : {in[0], in[1], out[0], out[1]}) posix_spawn_file_actions_addclose(&actions, end);
    std::string script = SINTER_BENCH_FOLDER "/torch_peer.py", program = python;
    char* arguments[] = {program.data(), script.data(), nullptr};
    int const failed = ::posix_spawnp(&process_, python.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    to_ = ::fdopen(in[1], "w");
    from_ = ::fdopen(out[0], "r");
    if (failed) process_ = -1;
    version_ = failed ? "" : json::parse(ask(""), nullptr, false).value("version", "");
    if (version_.empty()) throw std::runtime_error("--torch: " + python + " cannot run torch_peer.py; has it torch?");
}

torch_peer::~torch_peer() {
    if (to_) std::fclose(to_);      // the end of its input ends it
    if (from_) std::fclose(from_);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

/// Sends a line, unless it is empty, and returns the answer; "{}" where there is none.
std::string torch_peer::ask(std::string const& line) {
    if (!line.empty()) {
        std::fputs((line + '\n').c_str(), to_);
        std::fflush(to_);
    }
    std::string answer;
    for (int c; (c = std::fgetc(from_)) != EOF && c != '\n';) answer += char(c);
    return answer.empty() ? "{}" : answer;
}

bool torch_peer::prepare(formula const& f, problem const& p) {
    for (auto const& old : std::filesystem::directory_iterator(folder_)) std::filesystem::remove(old);
    for (std::size_t i = 0; i < p.in.size(); ++i) write(folder_ / (std::to_string(i) + ".f32"), p.in[i]);
    auto const [n, m, d, e, h, g] = p.size;
    json const line{{"do", "prepare"}, {"formula", f.name}, {"folder", folder_.string()}, {"n", n}, {"m", m},
                    {"d", d}, {"e", e}, {"h", h}, {"g", g}};
    auto const answer = json::parse(ask(line.dump()));
    if (answer.contains("why")) throw std::runtime_error(answer["why"].get<std::string>());
    return answer.value("ok", false);
}

void torch_peer::run(problem const& p) {
    auto const answer = json::parse(ask(R"({"do": "check"})"));
    if (!answer.value("ok", false)) throw std::runtime_error(answer.value("why", "the peer has ended"));
    std::ifstream file(folder_ / "out.f32", std::ios::binary);
    file.read(reinterpret_cast<char*>(p.out.data()), std::streamsize(p.out.size() * sizeof(float)));
}

double torch_peer::seconds(std::size_t calls) {
    auto const answer = json::parse(ask(json{{"do", "time"}, {"calls", calls}}.dump()));
    if (!answer.contains("seconds")) throw std::runtime_error(answer.value("why", "the peer has ended"));
    return answer["seconds"].get<double>();
}

}  // namespace bench
