// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

/// Extents around every boundary: 0, 1, the widths of registers and tiles and their neighbours. Few, as each one is
/// a whole evaluation by the oracle.
namespace sinter::test {

using size = std::size_t;

inline constexpr size lengths[] = {0,  1,  2,  3,  4,  5,  7,  8,  9,  15,  16,  17,  31, 32,
                                   33, 63, 64, 65, 67, 95, 97, 127, 128, 129, 255, 257, 1031};

/// (rows, columns)
inline constexpr std::array<size, 2> planes[] = {
    {0, 4},   {4, 0},   {1, 1},   {1, 2},   {2, 1},   {3, 3},   {1, 7},   {8, 8},   {7, 9},    {9, 7},   {15, 17},
    {16, 16}, {17, 15}, {31, 33}, {33, 31}, {64, 64}, {63, 65}, {65, 63}, {5, 127}, {129, 5},  {1, 257}, {257, 1},
    {2, 300}, {3, 515}};

/// (rows, stream, features, columns)
inline constexpr std::array<size, 4> volumes[] = {
    {0, 4, 4, 4},     {4, 0, 4, 4},    {4, 4, 0, 4},   {4, 4, 4, 0},    {1, 1, 1, 1},    {2, 3, 1, 5},
    {1, 2, 3, 1},     {3, 4, 5, 2},    {7, 8, 9, 10},  {8, 8, 8, 8},    {9, 7, 8, 15},   {16, 16, 16, 16},
    {17, 15, 33, 31}, {15, 33, 7, 17}, {1, 65, 16, 8}, {33, 1, 8, 16},  {64, 64, 32, 64}, {63, 65, 31, 33},
    {65, 127, 17, 5}, {5, 257, 9, 65}, {129, 31, 3, 7}, {2, 130, 64, 129}};

/// A few of them, for formulas with more than four extents or a slow oracle.
inline constexpr std::array<size, 4> small_volumes[] = {
    {1, 1, 1, 1}, {2, 3, 4, 5},   {7, 9, 8, 3},    {8, 8, 8, 8},   {16, 17, 15, 16},
    {0, 3, 2, 2}, {3, 0, 2, 2},   {33, 31, 9, 17}, {5, 65, 16, 9}, {65, 5, 3, 33}};

}  // namespace sinter::test
