# SPDX-License-Identifier: BSL-1.0
# sinter::eigen, sinter::xtensor, sinter::safetensors and sinter::npz: the library together with what the header of that
# name in <sinter/interop/> is made for. A target exists where its headers, and its library, are found.
find_path(SINTER_EIGEN_INCLUDE_DIR Eigen/Core PATH_SUFFIXES eigen3 DOC "Where Eigen is, 3.4 or newer (optional)")
find_path(SINTER_XTENSOR_INCLUDE_DIR xtensor/xtensor.hpp DOC "Where xtensor is, 0.24 or newer (optional)")
find_path(SINTER_JSON_INCLUDE_DIR nlohmann/json.hpp DOC "Where nlohmann/json is, 3.11 or newer (optional)")
find_path(SINTER_ZIP_INCLUDE_DIR zip.h DOC "Where libzip is, 1.7 or newer (optional)")
find_library(SINTER_ZIP_LIBRARY zip DOC "The library of libzip")
mark_as_advanced(SINTER_EIGEN_INCLUDE_DIR SINTER_XTENSOR_INCLUDE_DIR SINTER_JSON_INCLUDE_DIR SINTER_ZIP_INCLUDE_DIR
                 SINTER_ZIP_LIBRARY)

function(sinter_interop_target name include_dir)
    if(include_dir AND NOT TARGET sinter::${name})
        add_library(sinter::${name} INTERFACE IMPORTED GLOBAL)
        target_include_directories(sinter::${name} SYSTEM INTERFACE ${include_dir})
        target_link_libraries(sinter::${name} INTERFACE sinter::sinter ${ARGN})
    endif()
endfunction()

sinter_interop_target(eigen "${SINTER_EIGEN_INCLUDE_DIR}")
sinter_interop_target(xtensor "${SINTER_XTENSOR_INCLUDE_DIR}")
sinter_interop_target(safetensors "${SINTER_JSON_INCLUDE_DIR}")
if(SINTER_ZIP_LIBRARY)
    sinter_interop_target(npz "${SINTER_ZIP_INCLUDE_DIR}" ${SINTER_ZIP_LIBRARY})
endif()
