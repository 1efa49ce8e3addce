# SPDX-License-Identifier: BSL-1.0
# The ```cpp blocks of README.md and docs/ are compiled and run: a block with a main is a program, the other blocks of a
# page are the statements of one. What they take for granted stands in an HTML comment of the page, <!-- cpp ... -->.
# A block that is not meant to compile is fenced as ```c++ or ```text.
file(GLOB_RECURSE pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/*.md)
list(PREPEND pages ${PROJECT_SOURCE_DIR}/README.md)
foreach(page IN LISTS pages)
    cmake_path(GET page STEM stem)
    sinter_selected(selected docs.${stem})
    if(NOT selected)
        continue()
    endif()
    string(MAKE_C_IDENTIFIER ${stem} stem)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page})
    execute_process(
        COMMAND awk -v stem=${CMAKE_CURRENT_BINARY_DIR}/docs.${stem} -f ${CMAKE_CURRENT_LIST_DIR}/snippets.awk ${page}
        OUTPUT_VARIABLE programs OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" programs "${programs}")
    foreach(program IN LISTS programs)
        cmake_path(GET program FILENAME name)
        string(REGEX REPLACE "\\.cpp$" "" name ${name})
        sinter_interop(libraries missing ${program})
        if(missing)
            sinter_skipped_test(${name} "${missing}")
            continue()
        endif()
        add_executable(test.${name} ${program})
        sinter_own_target(test.${name} ${sinter_test_options} -Wno-unused -Wno-parentheses)
        target_link_libraries(test.${name} PRIVATE ${libraries})
        if(NOT name MATCHES "[.][0-9]+$")       # programs stand there with all that they include
            target_precompile_headers(test.${name} REUSE_FROM test_precompiled)
        endif()
        add_test(NAME ${name} COMMAND test.${name} WORKING_DIRECTORY ${run_in})
    endforeach()
endforeach()
