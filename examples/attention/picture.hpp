// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

/// Draws attention weights with gnuplot (Debian: gnuplot-nox): a heat map, and one of its rows as bars below it.
namespace picture {

struct request {
    std::span<float const> weights;         // (n,n), row-major
    std::vector<std::string> tokens;        // n names
    std::size_t row;
    std::string title;
    std::string file;
};

namespace detail {

/// gnuplot's single-quoted string: nothing in it is special but the quote itself.
inline std::string quoted(std::string const& text) {
    std::string result = "'";
    for (char c : text) result += c == '\'' ? "''" : c == '\n' ? " " : std::string(1, c);
    return result + "'";
}

/// ('the' 0, 'musician' 1, …); of many tokens only every k-th, so that the labels stay apart.
inline std::string tics(std::vector<std::string> const& tokens) {
    std::size_t const every = (tokens.size() + 49) / 50;
    std::string result;
    for (std::size_t i = 0; i < tokens.size(); i += every)
        result += (i ? ", " : "(") + quoted(tokens[i]) + ' ' + std::to_string(i);
    return result + ")";
}

inline std::string number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", x);
    return text;
}

/// The frame of the chosen row, the heat map, and the bars under it on the same horizontal axis.
inline std::string layout(request const& r, std::string const& names) {
    std::string const last = number(double(r.tokens.size()) - 0.5), row = std::to_string(r.row);
    std::string const top = number(double(r.row) - 0.5), bottom = number(double(r.row) + 0.5);
    return "set terminal pngcairo noenhanced size 1000,1300 font 'Sans,11' background rgb 'white'\n"
           "set encoding utf8\nset output " + quoted(r.file) + "\nset multiplot\n"
           "set lmargin at screen 0.13\nset rmargin at screen 0.86\nunset key\nset tics nomirror out scale 0.4\n"
           "set xrange [-0.5:" + last + "]\n"
           "set tmargin at screen 0.855\nset bmargin at screen 0.300\n"
           "set label 1 " + quoted(r.title) + " at screen 0.5, 0.975 center font 'Sans,15'\n"
           "set label 2 'each row is a token that looks; each column a token that is looked at'"
           " at screen 0.5, 0.950 center textcolor rgb '#555555'\n"
           "set yrange [" + last + ":-0.5]\nset cbrange [0:*]\nset cblabel 'weight' offset 0.5,0\n"
           "set palette defined (0 '#ffffff', 0.15 '#d0e1f2', 0.4 '#6aaed6', 0.7 '#2070b4', 1 '#08306b')\n"
           "unset xtics\nset x2range [-0.5:" + last + "]\nset x2tics rotate by 90 " + names +
           "\nset ytics " + names + "\n"
           "set object 1 rectangle from first -0.5," + top + " to first " + last + "," + bottom +
           " front fillstyle empty border rgb '#d94801' linewidth 2\n"
           "plot $weights matrix with image pixels axes x1y1\n"
           "unset object 1\nunset label 1\nunset label 2\nunset x2tics\nunset colorbox\n"
           "set tmargin at screen 0.250\nset bmargin at screen 0.085\n"
           "set yrange [0:*]\nset ytics auto\nset grid ytics linetype 1 linecolor rgb '#dddddd'\nset ylabel 'weight'\n"
           "set title " + quoted("the row of '" + r.tokens[r.row] + "'") + " offset 0,-0.5\n"
           "set xtics nomirror rotate by 90 right " + names + "\nset style fill solid 1.0 noborder\nset boxwidth 0.75\n"
           "plot $weights matrix every 1:1:0:" + row + "::" + row + " using 1:3 with boxes linecolor rgb '#d94801'\n"
           "unset multiplot\n";
}

}  // namespace detail

inline bool gnuplot_exists() { return std::system("command -v gnuplot >/dev/null 2>&1") == 0; }

/// Writes the picture; false where gnuplot failed, which has then said why on stderr.
inline bool draw(request const& r) {
    std::size_t const n = r.tokens.size();
    std::string script = "$weights << end_of_weights\n";
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            script += detail::number(r.weights[i * n + j]) + (j + 1 == n ? '\n' : ' ');
    script += "end_of_weights\n" + detail::layout(r, detail::tics(r.tokens));

    std::FILE* const gnuplot = popen("gnuplot", "w");
    if (gnuplot == nullptr) return false;
    bool const written = std::fwrite(script.data(), 1, script.size(), gnuplot) == script.size();
    return pclose(gnuplot) == 0 && written;
}

}  // namespace picture
