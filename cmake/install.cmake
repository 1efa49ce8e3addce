# SPDX-License-Identifier: BSL-1.0
# What find_package(sinter) needs afterwards.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(sinter_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/sinter)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS sinter EXPORT sinter_targets INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT sinter_targets NAMESPACE sinter:: DESTINATION ${sinter_package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/sinterConfig.cmake.in ${PROJECT_BINARY_DIR}/sinterConfig.cmake
    INSTALL_DESTINATION ${sinter_package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sinterConfigVersion.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)     # before 1.0 a minor version may break programs
install(FILES ${PROJECT_BINARY_DIR}/sinterConfig.cmake ${PROJECT_BINARY_DIR}/sinterConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/sinterDependencies.cmake ${PROJECT_SOURCE_DIR}/cmake/sinterInterop.cmake
        DESTINATION ${sinter_package_dir})
