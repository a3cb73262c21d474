// Rows of scores, one for each class. Included once for each type of scores, for each level: SCORE
// is its name, LANES how many of them are 64 bytes, VECTOR and MASK are those.

#define ROWS(name) NAME(JOIN(name, SCORE))
#define LOAD_SCORE JOIN(load, SCORE)

// So many rows are turned into columns at once.
#define STAGED_ROWS 64
// Rows of more classes are worked on by fewer at once, so that they stay in the cache.
#define WIDTH_FEW 64

INLINE int ROWS(are_all)(const SCORE_TYPE *values, size_t count, int are_probabilities) {
    // Every number but NaN is from −∞ to ∞.
    const SCORE_TYPE low = are_probabilities ? 0 : -(SCORE_TYPE)__builtin_inf();
    const SCORE_TYPE high = are_probabilities ? 1 : (SCORE_TYPE)__builtin_inf();
    MASK outside = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        VECTOR v;
        memcpy(&v, values + i, sizeof v);
        outside |= ~((v >= low) & (v <= high));
    }
    int rest = any((i64x8)outside);
    for (; i < count; i++) rest |= !(values[i] >= low && values[i] <= high);
    return !rest;
}

// −Σ log of what each truth was given, clipped. A piece of rows is checked, which brings it into the
// cache, then what was given is picked out.
static double ROWS(log_loss_rows)(const SCORE_TYPE *rows, const int32_t *truth, size_t count,
                                  uint32_t width, int *bad) {
    enum { PICKED = 512 };
    double given[PICKED];
    const size_t fitting = 8192 / width, step = fitting < 8 ? 8 : fitting < PICKED ? fitting : PICKED;
    f64x8 product[2] = {splat(1), splat(1)};
    i64x8 exponents = {0};
    int all_good = 1;
    for (size_t start = 0; start < count; start += step) {
        const size_t n = count - start < step ? count - start : step;
        all_good &= ROWS(are_all)(rows + start * width, n * width, 1);
        for (size_t i = 0; i < n; i++) {
            const uint32_t label = (uint32_t)truth[start + i];
            all_good &= label < width;
            given[i] = (double)rows[(start + i) * width + (label < width ? label : 0)];
        }
        for (size_t i = n; i % 16; i++) given[i] = 1;
        for (size_t i = 0; i < n; i += 16) {
            for (int part = 0; part < 2; part++) {
                f64x8 q = load_f64(given + i + 8 * part);
                q = smallest(largest(q, splat(EPSILON)), splat(1 - EPSILON));
                // What stands behind the last row counts nothing.
                for (size_t lane = 0; i + 16 > n && lane < 8; lane++) {
                    if (i + 8 * (size_t)part + lane >= n) q[lane] = 1;
                }
                product[part] *= q;
            }
            if ((i / 16 + 1) % FACTORS == 0 || i + 16 >= n) {
                for (int part = 0; part < 2; part++) {
                    exponents += ((i64x8)product[part] >> 52) - 1023;
                    product[part] = (f64x8)(((i64x8)product[part] & MANTISSA) | ONE_BITS);
                }
            }
        }
    }
    if (!all_good) *bad = 1;
    const f64x8 last = product[0] * product[1];
    double mantissa = 1;
    int64_t exponent = 0;
    for (int lane = 0; lane < 8; lane++) {
        mantissa *= last[lane];
        exponent += exponents[lane];
    }
    const double high = (double)exponent * LN2_HIGH, low = (double)exponent * LN2_LOW;
    return -(high + (low + log_normal(splat(mantissa))[0]));
}

// `columns` has the scores of one class behind another, STAGED_ROWS or LANES of each.
INLINE void ROWS(turn)(const SCORE_TYPE *rows, size_t n, uint32_t width, size_t height,
                       SCORE_TYPE *columns) {
    for (size_t row = 0; row < n; row++) {
        for (uint32_t class = 0; class < width; class++) {
            columns[class * height + row] = rows[row * width + class];
        }
    }
}

// The largest of LANES rows that stand in columns, and the first class that has it.
INLINE void ROWS(largest_of_lanes)(const SCORE_TYPE *columns, uint32_t width, size_t height,
                                   size_t at, size_t n, const cairn_row_facts *out) {
    VECTOR best;
    memcpy(&best, columns, sizeof best);
    MASK top = {0}, class = {0};
    for (uint32_t c = 1; c < width; c++) {
        class += 1;
        VECTOR v;
        memcpy(&v, columns + c * height, sizeof v);
        const MASK above = v > best;
        best = (VECTOR)(((MASK)v & above) | ((MASK)best & ~above));
        top = (class & above) | (top & ~above);
    }
    f64x8 best_wide[LANES / 8];
    JOIN(widen, SCORE)(best, best_wide);
    const JOIN(labels, SCORE) top_narrow = JOIN(narrow, SCORE)(top);
    memcpy(out->largest + at, best_wide, n * sizeof(double));
    memcpy(out->top + at, &top_narrow, n * sizeof(int32_t));
}

// The facts of LANES rows that stand in columns.
INLINE void ROWS(facts_of_lanes)(const SCORE_TYPE *columns, uint32_t width, size_t height,
                                 VECTOR own, MASK label, size_t at, size_t n,
                                 const cairn_row_facts *out) {
    VECTOR best;
    memcpy(&best, columns, sizeof best);
    MASK top = {0}, ahead = {0};
    f64x8 squares[LANES / 8];
    memset(squares, 0, sizeof squares);
    MASK class = {0};
    for (uint32_t c = 0; c < width; c++, class += 1) {
        VECTOR v;
        memcpy(&v, columns + c * height, sizeof v);
        const MASK above = v > best;
        best = (VECTOR)(((MASK)v & above) | ((MASK)best & ~above));
        top = (class & above) | (top & ~above);
        ahead -= (v > own) | ((v == own) & (class > label));
        if (out->squares) {
            f64x8 wide[LANES / 8];
            i64x8 is_own[LANES / 8];
            JOIN(widen, SCORE)(v, wide);
            JOIN(masks, SCORE)(class == label, is_own);
            for (int part = 0; part < LANES / 8; part++) {
                const f64x8 d = wide[part] - choose(is_own[part], splat(1), splat(0));
                squares[part] += d * d;
            }
        }
    }
    f64x8 own_wide[LANES / 8], best_wide[LANES / 8];
    JOIN(widen, SCORE)(own, own_wide);
    JOIN(widen, SCORE)(best, best_wide);
    const JOIN(labels, SCORE) top_narrow = JOIN(narrow, SCORE)(top);
    const JOIN(labels, SCORE) ahead_narrow = JOIN(narrow, SCORE)(ahead);
    if (out->given) memcpy(out->given + at, own_wide, n * sizeof(double));
    if (out->largest) memcpy(out->largest + at, best_wide, n * sizeof(double));
    if (out->top) memcpy(out->top + at, &top_narrow, n * sizeof(int32_t));
    if (out->ahead) memcpy(out->ahead + at, &ahead_narrow, n * sizeof(int32_t));
    if (out->squares) memcpy(out->squares + at, squares, n * sizeof(double));
}

static void ROWS(row_facts)(const SCORE_TYPE *rows, const int32_t *truth, size_t count,
                            uint32_t width, int are_probabilities, SCORE_TYPE *scratch,
                            const cairn_row_facts *out, int *bad) {
    const size_t height = width <= WIDTH_FEW ? STAGED_ROWS : LANES;
    const int asks_largest_alone =
        out->largest && out->top && !out->given && !out->ahead && !out->squares;
    for (size_t start = 0; start < count; start += height) {
        const size_t n = count - start < height ? count - start : height;
        const SCORE_TYPE *at = rows + start * width;
        if (!ROWS(are_all)(at, n * width, are_probabilities)) *bad = 1;
        ROWS(turn)(at, n, width, height, scratch);
        for (size_t lanes = 0; lanes < n; lanes += LANES) {
            const size_t own_count = n - lanes < LANES ? n - lanes : LANES;
            if (asks_largest_alone) {
                ROWS(largest_of_lanes)(scratch + lanes, width, height, start + lanes, own_count,
                                       out);
                continue;
            }
            JOIN(lane, SCORE) labels[LANES] = {0};
            SCORE_TYPE given[LANES] = {0};
            for (size_t lane = 0; lane < own_count; lane++) {
                const uint32_t of_row = truth ? (uint32_t)truth[start + lanes + lane] : 0;
                if (of_row >= width) {
                    *bad = 1;
                    return;
                }
                labels[lane] = (int32_t)of_row;
                given[lane] = at[(lanes + lane) * width + of_row];
            }
            VECTOR own;
            MASK label;
            memcpy(&own, given, sizeof own);
            memcpy(&label, labels, sizeof label);
            ROWS(facts_of_lanes)(scratch + lanes, width, height, own, label, start + lanes,
                                 own_count, out);
        }
    }
}

// The first class with the largest score of LANES rows that stand in columns.
// Returns what is not 0 where a sum is too far from 1; rows from `n` on are not looked at.
INLINE int ROWS(tops_of_lanes)(const SCORE_TYPE *columns, uint32_t width, size_t height,
                               double tolerance, size_t n, int32_t *tops) {
    VECTOR best;
    memcpy(&best, columns, sizeof best);
    MASK top = {0}, class = {0};
    f64x8 sums[LANES / 8], wide[LANES / 8];
    memset(sums, 0, sizeof sums);
    for (uint32_t c = 0; c < width; c++, class += 1) {
        VECTOR v;
        memcpy(&v, columns + c * height, sizeof v);
        const MASK above = v > best;
        best = (VECTOR)(((MASK)v & above) | ((MASK)best & ~above));
        top = (class & above) | (top & ~above);
        JOIN(widen, SCORE)(v, wide);
        for (int part = 0; part < LANES / 8; part++) sums[part] += wide[part];
    }
    const JOIN(labels, SCORE) narrow = JOIN(narrow, SCORE)(top);
    memcpy(tops, &narrow, n * sizeof(int32_t));
    int far = 0;
    for (size_t lane = 0; lane < n; lane++) {
        const double d = sums[lane / 8][lane % 8] - 1;
        far |= !(d <= tolerance && d >= -tolerance);
    }
    return far;
}

static void ROWS(row_tops)(const SCORE_TYPE *rows, size_t count, uint32_t width,
                           double tolerance, SCORE_TYPE *scratch, int32_t *tops, int *bad) {
    const size_t height = width <= WIDTH_FEW ? STAGED_ROWS : LANES;
    for (size_t start = 0; start < count; start += height) {
        const size_t n = count - start < height ? count - start : height;
        const SCORE_TYPE *at = rows + start * width;
        if (!ROWS(are_all)(at, n * width, 1)) *bad = 1;
        ROWS(turn)(at, n, width, height, scratch);
        for (size_t lanes = 0; lanes < n; lanes += LANES) {
            const size_t own_count = n - lanes < LANES ? n - lanes : LANES;
            if (ROWS(tops_of_lanes)(scratch + lanes, width, height, tolerance, own_count,
                                    tops + start + lanes)) {
                *bad = 1;
            }
        }
    }
}
#undef STAGED_ROWS
#undef WIDTH_FEW
#undef ROWS
#undef LOAD_SCORE
