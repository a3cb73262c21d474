// Rows of logits, one for each token of a vocabulary. Included once for each type of them, for each
// level.

#define ROWS(name) NAME(JOIN(name, SCORE))
#define LOAD_SCORE JOIN(load, SCORE)
#define TAIL_SCORE JOIN(tail, SCORE)

// −log of the softmax at each target, and whether it is the first of the largest. Targets of −100
// give 0 and 0. A row needs a finite largest logit.
static void ROWS(logit_losses)(const SCORE_TYPE *rows, const int32_t *targets, size_t count,
                               uint32_t width, double *losses, uint8_t *hits, int *bad) {
    for (size_t row = 0; row < count; row++) {
        losses[row] = hits[row] = 0;
        if (targets[row] == -100) continue;
        const uint32_t target = (uint32_t)targets[row];
        const SCORE_TYPE *at = rows + row * width;
        if (target >= width) {
            *bad = 1;
            continue;
        }
        f64x8 most = splat(-__builtin_inf());
        i64x8 unordered = {0};
        const size_t whole = width / 8 * 8;
        for (size_t i = 0; i < whole; i += 8) {
            const f64x8 v = LOAD_SCORE(at + i);
            unordered |= v != v;
            most = largest(v, most);
        }
        if (whole < width) {
            const f64x8 v = TAIL_SCORE(at + whole, width - whole, -__builtin_inf());
            unordered |= v != v;
            most = largest(v, most);
        }
        const double top = largest_lane(most);
        if (any(unordered) || top - top != 0) {
            *bad = 1;
            continue;
        }
        f64x8 sums[2] = {{0}, {0}};
        size_t i = 0;
        for (; i + 16 <= whole; i += 16) {
            sums[0] += exp_down(LOAD_SCORE(at + i) - top);
            sums[1] += exp_down(LOAD_SCORE(at + i + 8) - top);
        }
        for (; i < width; i += 8) {
            const size_t rest = width - i < 8 ? width - i : 8;
            sums[0] += exp_down(TAIL_SCORE(at + i, rest, -__builtin_inf()) - top);
        }
        const double own = (double)at[target];
        losses[row] = (top - own) + log_normal(splat(sum(sums[0] + sums[1])))[0];
        size_t first = 0;
        while (own == top && (double)at[first] != top) first++;
        hits[row] = own == top && first == target;
    }
}
#undef ROWS
#undef LOAD_SCORE
#undef TAIL_SCORE
