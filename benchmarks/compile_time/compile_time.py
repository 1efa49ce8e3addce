#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures what compiling sinter costs, beside Eigen in the same run.

Small files are generated and compiled to objects, one compiler process at a time, in interleaved rounds; a round
that is not counted comes first and warms the file cache. Reported are the median user+system seconds and peak
resident memory of the compiler, as the system accounts them for the finished process with its children, the bytes of
text in the object and the length of its longest mangled symbol. A file that does not compile is reported with its
first error and makes the exit status 1; options that make no sense, or a compiler that is not there, give 2. Ratios
over their targets are marked but are not failures, unless --enforce.

  compile_time.py                                   all subjects, g++, -std=c++20 -O2
  compile_time.py --compiler g++ clang++-19 --flags=-O2 --flags='-O3 -march=native'
  compile_time.py --filter 'header|attention' --repetitions 9 --json out.json
"""

import argparse
import collections
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

Subject = collections.namedtuple("Subject", "name source")
Target = collections.namedtuple("Target", "name subject base measure at_most")
Sample = collections.namedtuple("Sample", "seconds megabytes")


def sinter_file(body, header="sinter.hpp"):
    return f"#include <sinter/{header}>\n{body}\n"


def eigen_file(body):
    return f"#include <Eigen/Dense>\n{body}\n"


SINTER_ATTENTION = """#include <cmath>
using matrix = sinter::matrix<float>;
void attention(matrix const& q, matrix const& k, matrix const& v, matrix& o) {
    o = softmax(q * transpose(k) / std::sqrt(float(q.extent(1)))) * v;
}"""

# Row-major, whole matrices, the scores in one temporary: a page that an Eigen user writes without thinking.
EIGEN_ATTENTION = """#include <cmath>
using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
void attention(matrix const& q, matrix const& k, matrix const& v, matrix& o) {
    matrix s = q * k.transpose() / std::sqrt(float(q.cols()));
    s.colwise() -= s.rowwise().maxCoeff().eval();
    s = s.array().exp();
    Eigen::VectorXf const sums = s.rowwise().sum();
    o.noalias() = s * v;
    o.array().colwise() /= sums.array();
}"""

SINTER_NOTATION = """#include <cmath>
using namespace sinter::notation;
using matrix = sinter::matrix<float>;
void attention(matrix const& Q, matrix const& K, matrix const& V, matrix& O) {
    float const d = Q.extent(1);
    O = softmax(Q*K^T/sqrt(d))*V;
}"""

SINTER_PRODUCT = """using matrix = sinter::matrix<float>;
void product(matrix const& a, matrix const& b, matrix& o) { o = a * b; }"""

EIGEN_PRODUCT = """using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
void product(matrix const& a, matrix const& b, matrix& o) { o.noalias() = a * b; }"""


def chain(nodes, product):
    """An elementwise formula of that many operations, sums and products by turns."""
    text = "a"
    for i in range(nodes):
        operand = "bcd"[i % 3]
        text = f"({text} + {operand})" if i % 2 else product.format(text, operand)
    return text


def sinter_chain(nodes):
    return sinter_file("using vec = sinter::vector<float>;\n"
                       "void chain(vec const& a, vec const& b, vec const& c, vec const& d, vec& o) {\n"
                       f"    o = {chain(nodes, '({} % {})')};\n}}")


def eigen_chain(nodes):
    return eigen_file("using vec = Eigen::ArrayXf;\n"
                      "void chain(vec const& a, vec const& b, vec const& c, vec const& d, vec& o) {\n"
                      f"    o = {chain(nodes, '({} * {})')};\n}}")


# One row makes a subject; a row of TARGETS judges one by another.
SUBJECTS = [
    Subject("empty", "int nothing;\n"),
    Subject("sinter/header", sinter_file("")),
    Subject("sinter/notation_header", sinter_file("", "sinter.hpp>\n#include <sinter/notation.hpp")),
    Subject("eigen/header", eigen_file("")),
    Subject("sinter/attention", sinter_file(SINTER_ATTENTION)),
    Subject("sinter/attention_notation",
            sinter_file(SINTER_NOTATION, "sinter.hpp>\n#include <sinter/notation.hpp")),
    Subject("eigen/attention", eigen_file(EIGEN_ATTENTION)),
    Subject("sinter/product", sinter_file(SINTER_PRODUCT)),
    Subject("eigen/product", eigen_file(EIGEN_PRODUCT)),
    Subject("sinter/chain_1", sinter_chain(1)),
    Subject("sinter/chain_16", sinter_chain(16)),
    Subject("sinter/chain_64", sinter_chain(64)),
    Subject("eigen/chain_1", eigen_chain(1)),
    Subject("eigen/chain_16", eigen_chain(16)),
    Subject("eigen/chain_64", eigen_chain(64)),
]

TARGETS = [
    Target("header: seconds, sinter : Eigen", "sinter/header", "eigen/header", "seconds", 1.3),
    Target("header: memory, sinter : Eigen", "sinter/header", "eigen/header", "megabytes", None),
    Target("sentence: seconds, sinter : Eigen", "sinter/attention", "eigen/attention", "seconds", 1.5),
    Target("sentence: memory, sinter : Eigen", "sinter/attention", "eigen/attention", "megabytes", 1.5),
    Target("sentence, paper notation: seconds, sinter : Eigen", "sinter/attention_notation", "eigen/attention",
           "seconds", None),
    Target("product: seconds, sinter : Eigen", "sinter/product", "eigen/product", "seconds", None),
    Target("chain: seconds, sinter 64 : 16 nodes", "sinter/chain_64", "sinter/chain_16", "seconds", 2.0),
    Target("chain: seconds, Eigen 64 : 16 nodes", "eigen/chain_64", "eigen/chain_16", "seconds", None),
    Target("chain of 64: seconds, sinter : Eigen", "sinter/chain_64", "eigen/chain_64", "seconds", None),
]

LONGEST_SYMBOL = 2000


def compile_once(command, errors):
    """One compiler process; its Sample, or None where it failed."""
    with open(errors, "w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return None
    return Sample(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def first_error(log):
    with open(log, encoding="utf-8", errors="replace") as lines:
        text = lines.read().splitlines()
    for line in text:
        if "error" in line:
            return line.strip()[:300]
    return text[0][:300] if text else "the compiler failed without a word"


def longest_symbol(path):
    out = subprocess.run(["nm", path], capture_output=True, text=True, check=True).stdout
    return max((len(line.split()[-1]) for line in out.splitlines() if line.strip()), default=0)


def text_bytes(path):
    out = subprocess.run(["size", "-A", path], capture_output=True, text=True, check=True).stdout
    return sum(int(row[1]) for row in map(str.split, out.splitlines()) if row and row[0].startswith(".text"))


def measure(subjects, compiler, flags, options, folder):
    """name → figures of every subject, for one compiler with one set of flags."""
    found = {}
    samples = {s.name: [] for s in subjects}
    for round_number in range(options.repetitions + 1):  # the first brings the headers into memory: not counted
        for subject in subjects:
            if "error" in found.get(subject.name, {}):
                continue
            stem = os.path.join(folder, subject.name.replace("/", "_"))
            with open(stem + ".cpp", "w", encoding="utf-8") as source:
                source.write(subject.source)
            command = [compiler, *flags, *options.include_flags, "-c", stem + ".cpp", "-o", stem + ".o"]
            print(f"[{compiler} {' '.join(flags)}] round {round_number}/{options.repetitions} {subject.name}",
                  file=sys.stderr)
            sample = compile_once(command, stem + ".log")
            if sample is None:
                found[subject.name] = {"error": first_error(stem + ".log")}
                continue
            if round_number > 0:
                samples[subject.name].append(sample)
            found[subject.name] = {"text": text_bytes(stem + ".o"), "symbol": longest_symbol(stem + ".o")}
    for name, figures in found.items():
        if "error" not in figures:
            seconds = [s.seconds for s in samples[name]]
            memory = [s.megabytes for s in samples[name]]
            figures.update(seconds=statistics.median(seconds), fastest=min(seconds), slowest=max(seconds),
                           megabytes=statistics.median(memory), samples=[list(s) for s in samples[name]])
    return found


def print_figures(found):
    print(f"{'file':28} {'seconds':>8} {'min..max':>14} {'MB':>6} {'text':>8} {'longest symbol':>14}")
    for name, f in found.items():
        if "error" in f:
            print(f"{name:28} does not compile: {f['error']}")
            continue
        ends = f"{f['fastest']:.2f}..{f['slowest']:.2f}"
        print(f"{name:28} {f['seconds']:8.2f} {ends:>14} {f['megabytes']:6.0f} {f['text']:8} {f['symbol']:14}")


def ratios(found):
    """(target, ratio, kept) of every target whose two files were compiled; kept is None where there is no limit."""
    for target in TARGETS:
        pair = found.get(target.subject), found.get(target.base)
        if all(p and "error" not in p for p in pair):
            ratio = pair[0][target.measure] / pair[1][target.measure]
            yield target, ratio, None if target.at_most is None else ratio <= target.at_most


def print_ratios(found):
    """The number of targets that are missed."""
    missed = 0
    for target, ratio, kept in ratios(found):
        limit = "" if kept is None else f"at most {target.at_most}: {'kept' if kept else 'MISSED'}"
        print(f"{target.name:50} {ratio:6.2f}  {limit}".rstrip())
        missed += kept is False
    own = {n: f["symbol"] for n, f in found.items() if n.startswith("sinter/") and "symbol" in f}
    if own:
        name = max(own, key=own.get)
        kept = own[name] <= LONGEST_SYMBOL
        print(f"{'longest symbol of sinter, in ' + name:50} {own[name]:6}  at most {LONGEST_SYMBOL}: "
              f"{'kept' if kept else 'MISSED'}")
        missed += not kept
    return missed


def parse(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", nargs="+", default=["g++"], help="the compilers to run (default: g++)")
    parser.add_argument("--flags", action="append", metavar="FLAGS",
                        help="one set of flags beside -std=c++20; write --flags=-O2; may be given again (default: -O2)")
    parser.add_argument("--include", nargs="+", default=[os.path.join(ROOT, "include"), "/usr/include/eigen3"],
                        metavar="DIR", help="folders with headers (default: the library's own and Eigen's)")
    parser.add_argument("--repetitions", type=int, default=5, help="rounds (default: 5)")
    parser.add_argument("--filter", default="", help="only files whose name matches this regular expression")
    parser.add_argument("--list", action="store_true", help="print the names of the files and stop")
    parser.add_argument("--enforce", action="store_true", help="exit status 1 where a target is missed")
    parser.add_argument("--json", help="write all figures to this file")
    options = parser.parse_args(argv)
    if options.repetitions < 1:
        parser.error("--repetitions must be at least 1")
    for tool in [*options.compiler, "nm", "size"]:
        if not shutil.which(tool):
            parser.error(f"{tool} is not installed")
    try:
        wanted = re.compile(options.filter)
    except re.error as error:
        parser.error(f"--filter: {error}")
    options.subjects = [s for s in SUBJECTS if wanted.search(s.name)]
    if not options.subjects:
        parser.error(f"--filter: no file matches {options.filter}")
    options.include_flags = ["-I" + folder for folder in options.include]
    options.flags = [["-std=c++20", *shlex.split(f)] for f in options.flags or ["-O2"]]
    return options


def main(argv):
    options = parse(argv)
    if options.list:
        print("\n".join(s.name for s in options.subjects))
        return 0
    runs, failed, missed = [], 0, 0
    for compiler in options.compiler:
        for flags in options.flags:
            with tempfile.TemporaryDirectory() as folder:
                found = measure(options.subjects, compiler, flags, options, folder)
            print(f"\n{compiler} {' '.join(flags)}: median of {options.repetitions}, user+system seconds and peak "
                  "memory of one compiler process")
            print_figures(found)
            missed += print_ratios(found)
            failed += sum("error" in f for f in found.values())
            judged = [{"name": t.name, "ratio": r, "at_most": t.at_most} for t, r, _ in ratios(found)]
            runs.append({"compiler": compiler, "flags": flags, "files": found, "ratios": judged})
    if options.json:
        try:
            with open(options.json, "w", encoding="utf-8") as out:
                json.dump({"repetitions": options.repetitions, "runs": runs}, out, indent=1)
        except OSError as error:
            print(f"cannot write {options.json}: {error.strerror}", file=sys.stderr)
            return 2
    print(f"\n{failed} files do not compile, {missed} targets missed")
    return 1 if failed or (options.enforce and missed) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
