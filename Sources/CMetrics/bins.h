// Numbers in bins of equal width: no number is in a lower bin than a smaller one. Included once for each
// type of numbers, for each level.

#define BINS(name) NAME(JOIN(name, SCORE))

// Each rounding step keeps the order. What is below `low` is in the first bin, what is above all bins
// in the last, NaN in the first.
INLINE u16x8 BINS(bins_of)(f64x8 x, double low, double scale, uint32_t bin_count) {
    const f64x8 place = (x - low) * scale + 1;
    const f64x8 bin = smallest(largest(place, splat(0)), splat((double)(bin_count - 1)));
    return __builtin_convertvector(__builtin_convertvector(bin, i32x8), u16x8);
}

static void BINS(count_bins)(const SCORE_TYPE *x, size_t count, double low, double scale,
                             uint32_t bin_count, uint16_t *bins, uint32_t *counts, int *bad) {
    enum { STEP = 1024 };
    i64x8 unordered = {0};
    for (size_t start = 0; start < count; start += STEP) {
        const size_t n = count - start < STEP ? count - start : STEP;
        const SCORE_TYPE *at = x + start;
        uint16_t *own = bins + start;
        size_t i = 0;
        for (; i + 8 <= n; i += 8) {
            const f64x8 v = JOIN(load, SCORE)(at + i);
            const u16x8 of = BINS(bins_of)(v, low, scale, bin_count);
            unordered |= v != v;
            memcpy(own + i, &of, sizeof of);
        }
        if (i < n) {
            const f64x8 v = JOIN(tail, SCORE)(at + i, n - i, low);
            const u16x8 of = BINS(bins_of)(v, low, scale, bin_count);
            unordered |= v != v;
            memcpy(own + i, &of, (n - i) * sizeof *own);
        }
        for (i = 0; i < n; i++) counts[own[i]]++;
    }
    if (any(unordered)) *bad = 1;
}

// The integers of numbers in wanted bins, which are few: four are passed at a time.
static size_t BINS(collect_bins)(const SCORE_TYPE *x, const uint16_t *bins, size_t count,
                                 const uint8_t *is_wanted, uint64_t *integers) {
    size_t taken = 0, i = 0;
    for (; i + 4 <= count; i += 4) {
        uint8_t own[4];
        for (int j = 0; j < 4; j++) own[j] = is_wanted[bins[i + j]];
        if (!(own[0] | own[1] | own[2] | own[3])) continue;
        for (int j = 0; j < 4; j++) {
            if (own[j]) integers[taken++] = BINS(key_of)(x[i + j]);
        }
    }
    for (; i < count; i++) {
        if (is_wanted[bins[i]]) integers[taken++] = BINS(key_of)(x[i]);
    }
    return taken;
}
#undef BINS
