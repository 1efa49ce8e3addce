# SPDX-License-Identifier: BSL-1.0
# Flags of the project's own programs: tests, examples, benchmarks. Nothing here reaches a user of sinter::sinter.

set(SINTER_TEST_ARCH "native" CACHE STRING "Instruction set of the project's own programs")
set_property(CACHE SINTER_TEST_ARCH PROPERTY STRINGS native sse2 avx2 avx512)
option(SINTER_SANITIZE "Build the project's own programs with AddressSanitizer and UBSan" OFF)
option(SINTER_WERROR "Warnings are errors in the project's own programs" ON)
set(SINTER_TEST_OPTIMISE "-O1" CACHE STRING "Optimisation of the tests; examples and benchmarks use -O3")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
endif()

set(sinter_arch_native -march=native)
set(sinter_arch_sse2 -march=x86-64)
set(sinter_arch_avx2 -march=x86-64 -mavx2 -mfma)
set(sinter_arch_avx512 -march=skylake-avx512)
if(NOT DEFINED sinter_arch_${SINTER_TEST_ARCH})
    message(FATAL_ERROR "SINTER_TEST_ARCH is '${SINTER_TEST_ARCH}': choose native, sse2, avx2 or avx512")
endif()

set(sinter_own_flags ${sinter_arch_${SINTER_TEST_ARCH}} -Wall -Wextra)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # GCC bug 105593: its AVX-512 intrinsics start from an undefined value on purpose, and -Wall says so.
    list(APPEND sinter_own_flags -Wno-uninitialized -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    # libstdc++ 12 takes its own std::get_temporary_buffer in std::stable_sort, and clang 19 says that it is deprecated.
    list(APPEND sinter_own_flags -Wno-deprecated-declarations)
endif()
if(SINTER_WERROR)
    list(APPEND sinter_own_flags -Werror)
endif()
# Tests are compiled once and run once: they do without what takes longer to compile than it saves when they run. Inlining is not
# forced but for `sinter_forced_options`, with which some are compiled as users compile. What g++ 12 gains from the passes that are
# switched off is less than they take; its garbage collector, which by default runs whenever the heap has grown by a third, takes
# a tenth of the time.
set(sinter_forced_options ${SINTER_TEST_OPTIMISE})
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    list(APPEND sinter_forced_options --param=ggc-min-expand=400 --param=ggc-min-heapsize=1048576 -fno-tree-pta -fno-ipa-modref
        -fno-ipa-pure-const -fno-tree-fre -fno-tree-dominator-opts -fno-tree-dse)
endif()
set(sinter_test_options ${sinter_forced_options} -DSINTER_NO_FORCED_INLINING)
set(sinter_own_link_flags "")
if(SINTER_SANITIZE)
    # What is left out takes two thirds of the time to compile. A null pointer that is read from is found by its address as
    # well. Uses after a scope are looked for in some tests only (see tests/CMakeLists.txt).
    set(sinter_sanitizers -fsanitize=address,undefined -fno-sanitize=null,object-size,vptr -fno-sanitize-recover=all
        -fno-sanitize-address-use-after-scope -fno-omit-frame-pointer)
    list(APPEND sinter_own_flags ${sinter_sanitizers} -g1)
    set(sinter_own_link_flags ${sinter_sanitizers})
endif()

# sinter_own_target(target [flags...]): makes `target` one of the project's own programs.
function(sinter_own_target target)
    target_link_libraries(${target} PRIVATE sinter::sinter)
    target_compile_options(${target} PRIVATE ${sinter_own_flags} ${ARGN})
    target_link_options(${target} PRIVATE ${sinter_own_link_flags})
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

# sinter_dotted_name(out folder file): tests/laws/canonical.cpp → laws.canonical
function(sinter_dotted_name out folder file)
    file(RELATIVE_PATH name ${folder} ${file})
    string(REGEX REPLACE "\\.cpp$" "" name ${name})
    string(REPLACE "/" "." name ${name})
    set(${out} ${name} PARENT_SCOPE)
endfunction()

# Debian 12's xtensor is not taken by clang 19.
if(TARGET sinter::xtensor)
    include(CheckCXXSourceCompiles)
    set(CMAKE_REQUIRED_INCLUDES ${SINTER_XTENSOR_INCLUDE_DIR})
    set(CMAKE_REQUIRED_FLAGS -std=c++20)
    check_cxx_source_compiles("#include <xtensor/xarray.hpp>\nint main() { xt::xarray<float> a; }" SINTER_XTENSOR_COMPILES)
    unset(CMAKE_REQUIRED_INCLUDES)
    unset(CMAKE_REQUIRED_FLAGS)
endif()

# sinter_interop(libraries missing source...): what the headers of <sinter/interop/> that the sources include are made for,
# as targets to link; `missing` has the names of those that are not found, or that the compiler does not take.
function(sinter_interop libraries missing)
    set(found "")
    set(absent "")
    foreach(source IN LISTS ARGN)
        file(STRINGS ${source} includes REGEX "^#include <sinter/interop/(eigen|npz|safetensors|xtensor)[.]hpp>")
        foreach(line IN LISTS includes)
            string(REGEX REPLACE ".*interop/([a-z]+)[.]hpp>.*" "\\1" name "${line}")
            if(TARGET sinter::${name} AND (SINTER_XTENSOR_COMPILES OR NOT name STREQUAL xtensor))
                list(APPEND found sinter::${name})
            else()
                list(APPEND absent ${name})
            endif()
        endforeach()
    endforeach()
    set(${libraries} "${found}" PARENT_SCOPE)
    set(${missing} "${absent}" PARENT_SCOPE)
endfunction()
