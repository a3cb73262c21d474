// Sums of columns of doubles. Included once for each level.

// Σ w·x and Σ w, `weights` NULL for one each; what has no weight counts nothing, whatever it is.
// Pieces are summed in lanes, their sums with what each addition loses.
static void NAME(weighted_sum)(const double *x, const double *weights, size_t count, double *total,
                               double *weight, int *bad) {
    enum { STEP = 1024 };
    double s = 0, s_lost = 0, w = 0, w_lost = 0;
    i64x8 outside = {0};
    for (size_t start = 0; start < count; start += STEP) {
        const size_t n = count - start < STEP ? count - start : STEP;
        f64x8 values[2] = {{0}, {0}}, masses[2] = {{0}, {0}};
        for (size_t i = 0; i < n; i += 16) {
            for (int part = 0; part < 2; part++) {
                const size_t at = i + 8 * (size_t)part;
                const size_t rest = at >= n ? 0 : n - at < 8 ? n - at : 8;
                const f64x8 v = rest == 8 ? load_f64(x + start + at)
                                          : tail_f64(x + start + at, rest, 0);
                if (!weights) {
                    values[part] += v;
                    continue;
                }
                const f64x8 m = rest == 8 ? load_f64(weights + start + at)
                                          : tail_f64(weights + start + at, rest, 0);
                outside |= ~((m >= 0) & (m < __builtin_inf()));
                values[part] += choose(m > 0, v * m, splat(0));
                masses[part] += m;
            }
        }
        const double v = sum(values[0] + values[1]);
        const double m = weights ? sum(masses[0] + masses[1]) : (double)n;
        const double next = s + v, next_w = w + m;
        if (next - next == 0) {
            s_lost += (s < 0 ? -s : s) >= (v < 0 ? -v : v) ? (s - next) + v : (v - next) + s;
        }
        w_lost += w >= m ? (w - next_w) + m : (m - next_w) + w;
        s = next;
        w = next_w;
    }
    if (any(outside)) *bad = 1;
    *total = s - s == 0 ? s + s_lost : s;
    *weight = w + w_lost;
}

// How many of `count` numbers, eight by eight, are above each of `width` edges; what stands behind the
// last eight is below all.
INLINE void NAME(count_edges)(const double *x, size_t count, const double *edges, size_t width,
                              uint64_t *above) {
    i64x8 found[4] = {{0}, {0}, {0}, {0}};
    f64x8 edge[4];
    const size_t whole = count / 8 * 8;
    for (size_t k = 0; k < width; k++) edge[k] = splat(edges[k]);
    for (size_t i = 0; i < whole; i += 8) {
        const f64x8 v = load_f64(x + i);
        for (size_t k = 0; k < width; k++) found[k] -= v > edge[k];
    }
    if (whole < count) {
        const f64x8 v = tail_f64(x + whole, count - whole, -__builtin_inf());
        for (size_t k = 0; k < width; k++) found[k] -= v > edge[k];
    }
    for (size_t k = 0; k < width; k++) {
        for (int lane = 0; lane < 8; lane++) above[k] += (uint64_t)found[k][lane];
    }
}

// Four edges at a time against the numbers in the cache.
static void NAME(count_above_f64)(const double *x, size_t count, const double *edges,
                                  size_t edge_count, uint64_t *above, int *bad) {
    enum { STEP = 2048 };
    i64x8 unordered = {0};
    for (size_t start = 0; start < count; start += STEP) {
        const size_t n = count - start < STEP ? count - start : STEP, whole = n / 8 * 8;
        const double *at = x + start;
        size_t e = 0;
        for (; e + 4 <= edge_count; e += 4) NAME(count_edges)(at, n, edges + e, 4, above + e);
        switch (edge_count - e) {
        case 3: NAME(count_edges)(at, n, edges + e, 3, above + e); break;
        case 2: NAME(count_edges)(at, n, edges + e, 2, above + e); break;
        case 1: NAME(count_edges)(at, n, edges + e, 1, above + e); break;
        default: break;
        }
        for (size_t i = 0; i < whole; i += 8) {
            const f64x8 v = load_f64(at + i);
            unordered |= v != v;
        }
        for (size_t i = whole; i < n; i++) {
            if (at[i] != at[i]) *bad = 1;
        }
    }
    if (any(unordered)) *bad = 1;
}
