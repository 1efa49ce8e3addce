// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/graph.hpp>

/// A plan: nested loops, what is computed in which, and where it is kept. A value, like the graph.
namespace sinter::ir {

struct loop {
    enum class style : std::uint8_t {
        root,    ///< no loop: the whole evaluation
        each,    ///< one index at a time
        block,   ///< `length` indices at a time; steps inside run over the block
        whole,   ///< all indices at once, exactly one round (also where there are none)
        lanes,   ///< a tile of SIMD lanes at a time
        strip,   ///< `length` indices at a time; the tiles of lanes inside run over these
    } how = style::root;
    std::int16_t parent = -1;
    std::int16_t axis = -1;
    std::int16_t length = 0;        ///< block, strip: indices of a round
    std::int16_t about = 0;         ///< block: so many, if that makes rounds as long as each other; 0: as many as fit
    std::int16_t lane = -1;         ///< the axis along which values inside are vectors; −1: they are scalars
    bool reduces = false;           ///< a sweep: reductions over `axis` run in it
    bool keeps_row = false;         ///< lanes: all that happens is that a short row is kept, one of many
    bool resumes = false;           ///< a sweep, of one block in the blocks of another loop: what it sums up begins in the first of them (see strips.hpp)
    bool carries = false;           ///< a sweep that goes on where it was for the index before (see carry.hpp)
    std::uint64_t running = 0;      ///< these reductions
    std::int16_t mask[4] = {-1, -1, -1, -1};  ///< comparisons that may leave out a round of a sweep, found by `find_masks`:
    bool leaves_out_if[4] = {};               ///< when they are this throughout; when they are the opposite, they do not count
    static constexpr int max_masks = 4;
    constexpr int masks() const {
        int n = 0;
        while (n < max_masks && mask[n] >= 0) ++n;
        return n;
    }
    bool operator==(loop const&) const = default;
};

/// Where the values of a node are kept: [axes…][lanes], for the current round of the loop `home`.
struct buffer {
    std::int16_t node = -1;
    std::int16_t home = 0;
    std::int16_t rank = 0;
    static constexpr int most_axes = max_rank;
    std::int16_t axis[most_axes] = {-1, -1, -1, -1, -1, -1, -1, -1};
    std::int16_t within[most_axes] = {-1, -1, -1, -1, -1, -1, -1, -1};   ///< the block loop that bounds the axis; −1: its whole extent
    bool vector = false;                         ///< lanes are kept; else one value
    bool previous = false;                       ///< a second copy: the value before the current block
    bool places = false;                         ///< argmin, argmax: a second copy: the extreme values
    bool operator==(buffer const&) const = default;
    constexpr axes spanned() const {
        axes set = 0;
        for (int i = 0; i < rank; ++i) set |= bit(axis[i]);
        return set;
    }
    /// The axis whose indices lie next to each other (but for lanes); −1: one value is kept.
    constexpr int last_axis() const { return rank > 0 ? axis[rank - 1] : -1; }
};

struct step {
    enum class action : std::uint8_t {
        run,         ///< the loop `target`
        compute,     ///< node `target` into its buffer
        accumulate,  ///< the block of loop `home` into the reduction `target`
        store,       ///< node `target` into result number `result`
    } what = action::run;
    std::int16_t home = 0;
    std::int16_t target = -1;
    std::int16_t buffer = -1;      ///< of a computed node, or of the reduction
    std::int16_t result = 0;
    std::int16_t ratio = -1;       ///< accumulate: the node by which the running value is multiplied first
    std::int16_t missing = -1;     ///< and the node that is added to it before that
    std::int16_t body = -1;        ///< accumulate: what is combined, over the axis of the target and then over
    std::int16_t inner[3] = {-1, -1, -1};   ///< these axes
    bool operator==(step const&) const = default;
};

template <class Graph>
struct program {
    static constexpr int max_loops = 48, max_buffers = 96, max_steps = 144;
    Graph graph = {};
    int loops = 0, buffers = 0, steps = 0;
    ir::loop loop[max_loops] = {};
    ir::buffer buffer[max_buffers] = {};
    ir::step step[max_steps] = {};              ///< in order of execution within each loop
    int passes = 0;                              ///< sweeps over a streamed axis
    int whole_intermediate = -1;                 ///< the node that would have to be kept whole; −1: none
    bool too_deep = false;                       ///< a value would have to be kept along more axes than a buffer has

    /// Whether each tile of a strip has a copy of a buffer.
    constexpr bool is_tiled(ir::buffer const& b) const { return loop[b.home].how == loop::style::strip; }
    /// The buffer in which a step inside loop l finds node n; −1 where n is not kept.
    constexpr int find(int n, int l) const { return find_copy(n, l, false); }
    /// The same for the value before the current block.
    constexpr int find_previous(int n, int l) const { return find_copy(n, l, true); }
    constexpr int find_places(int n) const {
        for (int i = 0; i < buffers; ++i)
            if (buffer[i].node == n && buffer[i].places) return i;
        return -1;
    }
    /// Whether a node depends on reductions that run in loop l, and is not one of them.
    constexpr bool changes_in(int n, int l) const {
        return (graph.made_of[n] & loop[l].running) != 0 && (graph.reduction[n] & loop[l].running) == 0;
    }

  private:
    /// A value from outside serves inside a loop over one of its axes only if it was kept for all indices of that axis,
    /// and inside a sweep only if it does not change with what runs there.
    constexpr int find_copy(int n, int l, bool previous) const {
        axes crossed = 0;
        for (; l >= 0; l = loop[l].parent) {
            for (int i = 0; i < buffers; ++i) {
                auto const& b = buffer[i];
                if (b.node != n || b.home != l || b.previous != previous || b.places) continue;
                if (!(crossed & ~(b.spanned() | (is_tiled(b) ? bit(loop[l].axis) : 0)))) return i;
            }
            crossed |= bit(loop[l].axis) & graph.nodes[n].axes;
            if (changes_in(n, l)) return -1;
        }
        return -1;
    }

  public:
    /// Whether loop `inner` is loop `outer` or stands in it.
    constexpr bool inside(int inner, int outer) const {
        for (; inner >= 0; inner = loop[inner].parent)
            if (inner == outer) return true;
        return false;
    }
};

}  // namespace sinter::ir
