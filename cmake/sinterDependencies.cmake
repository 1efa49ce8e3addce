# SPDX-License-Identifier: BSL-1.0
# sinter::dependencies: the headers of others that every user needs. They are looked for as headers, since the CMake
# package of Debian's xsimd 8.1 asks for one more library, which neither it nor this one uses.
find_path(SINTER_BOOST_INCLUDE_DIR boost/hana/tuple.hpp DOC "Where Boost.Hana is, 1.74 or newer")
find_path(SINTER_XSIMD_INCLUDE_DIR xsimd/xsimd.hpp DOC "Where xsimd is, 8.1 or newer")
mark_as_advanced(SINTER_BOOST_INCLUDE_DIR SINTER_XSIMD_INCLUDE_DIR)

set(sinter_missing "")
if(NOT SINTER_BOOST_INCLUDE_DIR)
    string(APPEND sinter_missing " boost/hana/tuple.hpp (Debian: libboost-dev)")
endif()
if(NOT SINTER_XSIMD_INCLUDE_DIR)
    string(APPEND sinter_missing " xsimd/xsimd.hpp (Debian: libxsimd-dev)")
endif()

if(NOT sinter_missing AND NOT TARGET sinter::dependencies)
    add_library(sinter::dependencies INTERFACE IMPORTED)
    target_include_directories(sinter::dependencies SYSTEM INTERFACE
        ${SINTER_BOOST_INCLUDE_DIR} ${SINTER_XSIMD_INCLUDE_DIR})
endif()
