// Probabilities against truths of 0 or 1. Included once for each type of both, for each level:
// SCORE and LABEL are the names of the types, EPSILON what is clipped to, FACTORS how many clipped
// numbers multiply without leaving the range of a double.

#define BOTH2(name, score, label) name##_##score##_##label
#define BOTH1(name, score, label) BOTH2(name, score, label)
#define BOTH(name) NAME(BOTH1(name, SCORE, LABEL))
#define LOAD_SCORE JOIN(load, SCORE)
#define TAIL_SCORE JOIN(tail, SCORE)
#define LOAD_LABEL JOIN(load, LABEL)
#define TAIL_LABEL JOIN(tail, LABEL)

// What the truth was given, clipped. `outside` gathers what is no probability, `labels` all bits.
INLINE f64x8 BOTH(given)(f64x8 p, i64x8 truth, i64x8 *outside, i64x8 *labels) {
    *outside |= ~((p >= 0) & (p <= 1));
    *labels |= truth;
    const f64x8 q = choose(truth == 0, 1 - p, p);
    return smallest(largest(q, splat(EPSILON)), splat(1 - EPSILON));
}

// log of a product: the exponents of products are split off before they leave the range.
static double BOTH(log_loss)(const SCORE_TYPE *p, const LABEL_TYPE *truth, size_t count, int *bad) {
    f64x8 product[4] = {splat(1), splat(1), splat(1), splat(1)};
    i64x8 exponents = {0}, outside = {0}, labels = {0};
    size_t i = 0;
    while (i + 32 <= count) {
        const size_t steps = (count - i) / 32 < FACTORS ? (count - i) / 32 : FACTORS;
        for (size_t step = 0; step < steps; step++, i += 32) {
            for (int part = 0; part < 4; part++) {
                product[part] *= BOTH(given)(LOAD_SCORE(p + i + 8 * part),
                                             LOAD_LABEL(truth + i + 8 * part), &outside, &labels);
            }
        }
        for (int part = 0; part < 4; part++) {
            exponents += ((i64x8)product[part] >> 52) - 1023;
            product[part] = (f64x8)(((i64x8)product[part] & MANTISSA) | ONE_BITS);
        }
    }
    f64x8 last = product[0] * product[1] * (product[2] * product[3]);
    for (; i < count; i += 8) {
        const size_t rest = count - i < 8 ? count - i : 8;
        // A certain truth of 1 is worth 1 − ε, which must not count here.
        f64x8 q = BOTH(given)(TAIL_SCORE(p + i, rest, 1), TAIL_LABEL(truth + i, rest), &outside,
                              &labels);
        for (size_t lane = rest; lane < 8; lane++) q[lane] = 1;
        last *= q;
    }
    exponents += ((i64x8)last >> 52) - 1023;
    last = (f64x8)(((i64x8)last & MANTISSA) | ONE_BITS);
    double mantissa = 1;
    int64_t exponent = 0;
    for (int lane = 0; lane < 8; lane++) {
        mantissa *= last[lane];
        exponent += exponents[lane];
    }
    if (any(outside) || any(labels & ~1LL)) *bad = 1;
    const double high = (double)exponent * LN2_HIGH, low = (double)exponent * LN2_LOW;
    return -(high + (low + log_normal(splat(mantissa))[0]));
}

static void BOTH(log_losses)(const SCORE_TYPE *p, const LABEL_TYPE *truth, size_t count,
                             double *losses, int *bad) {
    i64x8 outside = {0}, labels = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const f64x8 q =
            BOTH(given)(LOAD_SCORE(p + i), LOAD_LABEL(truth + i), &outside, &labels);
        store_f64(losses + i, -log_normal(q));
    }
    if (i < count) {
        const f64x8 q = BOTH(given)(TAIL_SCORE(p + i, count - i, 0),
                                    TAIL_LABEL(truth + i, count - i), &outside, &labels);
        const f64x8 tail = -log_normal(q);
        memcpy(losses + i, &tail, (count - i) * sizeof *losses);
    }
    if (any(outside) || any(labels & ~1LL)) *bad = 1;
}

static double BOTH(brier)(const SCORE_TYPE *p, const LABEL_TYPE *truth, size_t count, int *bad) {
    f64x8 squares[4] = {{0}, {0}, {0}, {0}};
    i64x8 outside = {0}, labels = {0};
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        for (int part = 0; part < 4; part++) {
            const f64x8 x = LOAD_SCORE(p + i + 8 * part);
            const i64x8 y = LOAD_LABEL(truth + i + 8 * part);
            outside |= ~((x >= 0) & (x <= 1));
            labels |= y;
            const f64x8 d = x - choose(y == 0, splat(0), splat(1));
            squares[part] += d * d;
        }
    }
    for (; i < count; i += 8) {
        const size_t rest = count - i < 8 ? count - i : 8;
        const f64x8 x = TAIL_SCORE(p + i, rest, 0);
        const i64x8 y = TAIL_LABEL(truth + i, rest);
        outside |= ~((x >= 0) & (x <= 1));
        labels |= y;
        const f64x8 d = x - choose(y == 0, splat(0), splat(1));
        squares[0] += d * d;
    }
    if (any(outside) || any(labels & ~1LL)) *bad = 1;
    return sum((squares[0] + squares[1]) + (squares[2] + squares[3]));
}

// The bins and what goes into them are found in vectors and added one by one, both sums in one
// register. Tables take turns, so that no sum waits for the one before.
#define STAGED 512
#define TURNS 8
static void BOTH(calibrate)(const SCORE_TYPE *p, const LABEL_TYPE *truth, size_t count,
                            uint32_t bin_count, cairn_bin *bins, int *bad) {
    enum { FEW = 64 };
    u64x2 tables[TURNS][FEW] = {{{0}}};
    i64x8 outside = {0}, labels = {0};
    uint32_t places[STAGED];
    u64x2 sums[STAGED];
    for (size_t i = 0; i < count;) {
        const size_t staged = count - i < STAGED ? count - i : STAGED;
        for (size_t j = 0; j < staged; j += 8) {
            const size_t rest = staged - j < 8 ? staged - j : 8;
            const f64x8 x = rest == 8 ? LOAD_SCORE(p + i + j) : TAIL_SCORE(p + i + j, rest, 0);
            const i64x8 y =
                rest == 8 ? LOAD_LABEL(truth + i + j) : TAIL_LABEL(truth + i + j, rest);
            outside |= ~((x >= 0) & (x <= 1));
            labels |= y;
            // What is no probability must not leave the tables.
            const f64x8 inside = choose((x >= 0) & (x <= 1), x, splat(0));
            const i32x8 place = bin_of(inside, bin_count, sizeof(SCORE_TYPE) == sizeof(float));
            memcpy(places + j, &place, sizeof place);
            // 2⁵² leaves a rounded integer in the bits.
            const i64x8 step = (i64x8)(inside * 0x1p46 + 0x1p52) & MANTISSA;
            const i64x8 counted = (y & 1) + (1LL << 32);
            const i64x8 low = __builtin_shufflevector(step, counted, 0, 8, 1, 9, 2, 10, 3, 11);
            const i64x8 high = __builtin_shufflevector(step, counted, 4, 12, 5, 13, 6, 14, 7, 15);
            memcpy(sums + j, &low, sizeof low);
            memcpy(sums + j + 4, &high, sizeof high);
        }
        if (bin_count <= FEW) {
            size_t j = 0;
            for (; j + TURNS <= staged; j += TURNS) {
                for (int turn = 0; turn < TURNS; turn++) {
                    tables[turn][places[j + turn]] += sums[j + turn];
                }
            }
            for (; j < staged; j++) tables[0][places[j]] += sums[j];
        } else {
            for (size_t j = 0; j < staged; j++) {
                bins[places[j]].confidence += sums[j][0];
                bins[places[j]].counts += sums[j][1];
            }
        }
        i += staged;
    }
    for (uint32_t bin = 0; bin < bin_count && bin < FEW; bin++) {
        for (int turn = 0; turn < TURNS; turn++) {
            bins[bin].confidence += tables[turn][bin][0];
            bins[bin].counts += tables[turn][bin][1];
        }
    }
    if (any(outside) || any(labels & ~1LL)) *bad = 1;
}
#undef STAGED
#undef TURNS
#undef BOTH
#undef BOTH1
#undef BOTH2
#undef LOAD_SCORE
#undef TAIL_SCORE
#undef LOAD_LABEL
#undef TAIL_LABEL
