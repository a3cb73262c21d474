// Means and squares around them, taken of PIECE values in two passes over the first-level cache and
// merged by Chan's formula; everything is measured from the first value. Included once for each
// level.

#define PIECE 1024
// The next piece comes into the cache while this one is worked on.
#define AHEAD (PIECE * sizeof(double))

#define MOMENTS(SCORE, TYPE)                                                                       \
    static cairn_moments NAME(moments_##SCORE)(const TYPE *x, size_t count, int *bad) {            \
        cairn_moments all = {0, 0, 0};                                                             \
        if (!count) return all;                                                                    \
        const double origin = all.origin = (double)x[0];                                           \
        for (size_t start = 0; start < count; start += PIECE) {                                    \
            const size_t n = count - start < PIECE ? count - start : PIECE;                        \
            const TYPE *at = x + start;                                                            \
            f64x8 s[4] = {{0}, {0}, {0}, {0}}, q[4] = {{0}, {0}, {0}, {0}};                        \
            size_t i = 0;                                                                          \
            for (; i + 32 <= n; i += 32) {                                                         \
                for (int part = 0; part < 4; part++) {                                             \
                    s[part] += load_##SCORE(at + i + 8 * part) - origin;                           \
                }                                                                                  \
            }                                                                                      \
            for (size_t j = i; j < n; j += 8) {                                                    \
                s[0] += tail_##SCORE(at + j, n - j < 8 ? n - j : 8, origin) - origin;              \
            }                                                                                      \
            const double mean = sum((s[0] + s[1]) + (s[2] + s[3])) / (double)n;                    \
            i = 0;                                                                                 \
            for (; i + 32 <= n; i += 32) {                                                         \
                __builtin_prefetch((const char *)(at + i) + AHEAD);                                \
                __builtin_prefetch((const char *)(at + i) + AHEAD + 64);                           \
                __builtin_prefetch((const char *)(at + i) + AHEAD + 128);                          \
                __builtin_prefetch((const char *)(at + i) + AHEAD + 192);                          \
                for (int part = 0; part < 4; part++) {                                             \
                    const f64x8 d = (load_##SCORE(at + i + 8 * part) - origin) - mean;             \
                    q[part] += d * d;                                                              \
                }                                                                                  \
            }                                                                                      \
            for (size_t j = i; j < n; j += 8) {                                                    \
                const size_t rest = n - j < 8 ? n - j : 8;                                         \
                f64x8 d = (tail_##SCORE(at + j, rest, 0) - origin) - mean;                         \
                for (size_t lane = rest; lane < 8; lane++) d[lane] = 0;                            \
                q[0] += d * d;                                                                     \
            }                                                                                      \
            const double squares = sum((q[0] + q[1]) + (q[2] + q[3]));                             \
            const double step = mean - all.offset, total = (double)(start + n);                    \
            all.offset += step * ((double)n / total);                                              \
            all.squares += squares;                                                                \
            /* Before the first piece there is nothing, however far it is from there. */           \
            if (start) all.squares += step * step * ((double)start * ((double)n / total));         \
        }                                                                                          \
        if (!(all.squares - all.squares == 0)) {                                                   \
            for (size_t i = 0; i < count; i++) {                                                   \
                if (!(x[i] - x[i] == 0)) *bad = 1;                                                 \
            }                                                                                      \
        }                                                                                          \
        return all;                                                                                \
    }

MOMENTS(f64, double)
MOMENTS(f32, float)

// One piece of pairs: sums, then squares around the means.
typedef struct {
    double truth, predicted, error;
    double truth_squares, predicted_squares, error_squares, products;
    double absolute, squared, largest;
} NAME(piece);

INLINE NAME(piece) NAME(pair_piece)(const double *t, const double *p, size_t n, double t0,
                                    double p0, double e0) {
    f64x8 st[2] = {{0}, {0}}, sp[2] = {{0}, {0}}, se[2] = {{0}, {0}};
    f64x8 absolute[2] = {{0}, {0}}, squared[2] = {{0}, {0}}, most[2] = {{0}, {0}};
    const size_t whole = n / 16 * 16;
    for (size_t i = 0; i < whole; i += 16) {
        for (int part = 0; part < 2; part++) {
            const f64x8 x = load_f64(t + i + 8 * part), y = load_f64(p + i + 8 * part);
            const f64x8 e = y - x, size = magnitude(e);
            st[part] += x - t0;
            sp[part] += y - p0;
            se[part] += e - e0;
            absolute[part] += size;
            squared[part] += e * e;
            most[part] = largest(size, most[part]);
        }
    }
    for (size_t i = whole; i < n; i += 8) {
        const size_t rest = n - i < 8 ? n - i : 8;
        const f64x8 x = tail_f64(t + i, rest, t0), y = tail_f64(p + i, rest, p0);
        f64x8 e = y - x;
        st[0] += x - t0;
        sp[0] += y - p0;
        f64x8 from = e - e0;
        for (size_t lane = rest; lane < 8; lane++) e[lane] = from[lane] = 0;
        se[0] += from;
        absolute[0] += magnitude(e);
        squared[0] += e * e;
        most[0] = largest(magnitude(e), most[0]);
    }
    NAME(piece) piece = {
        .truth = sum(st[0] + st[1]) / (double)n,
        .predicted = sum(sp[0] + sp[1]) / (double)n,
        .error = sum(se[0] + se[1]) / (double)n,
        .absolute = sum(absolute[0] + absolute[1]),
        .squared = sum(squared[0] + squared[1]),
        .largest = largest_lane(largest(most[0], most[1])),
    };
    f64x8 qt[2] = {{0}, {0}}, qp[2] = {{0}, {0}}, qe[2] = {{0}, {0}}, both[2] = {{0}, {0}};
    for (size_t i = 0; i < whole; i += 16) {
        __builtin_prefetch((const char *)(t + i) + AHEAD);
        __builtin_prefetch((const char *)(t + i) + AHEAD + 64);
        __builtin_prefetch((const char *)(p + i) + AHEAD);
        __builtin_prefetch((const char *)(p + i) + AHEAD + 64);
        for (int part = 0; part < 2; part++) {
            const f64x8 x = load_f64(t + i + 8 * part), y = load_f64(p + i + 8 * part);
            const f64x8 dt = (x - t0) - piece.truth, dp = (y - p0) - piece.predicted;
            const f64x8 de = ((y - x) - e0) - piece.error;
            qt[part] += dt * dt;
            qp[part] += dp * dp;
            qe[part] += de * de;
            both[part] += dt * dp;
        }
    }
    for (size_t i = whole; i < n; i++) {
        const double dt = (t[i] - t0) - piece.truth, dp = (p[i] - p0) - piece.predicted;
        const double de = ((p[i] - t[i]) - e0) - piece.error;
        qt[0][i % 8] += dt * dt;
        qp[0][i % 8] += dp * dp;
        qe[0][i % 8] += de * de;
        both[0][i % 8] += dt * dp;
    }
    piece.truth_squares = sum(qt[0] + qt[1]);
    piece.predicted_squares = sum(qp[0] + qp[1]);
    piece.error_squares = sum(qe[0] + qe[1]);
    piece.products = sum(both[0] + both[1]);
    return piece;
}

static cairn_pair_moments NAME(pair_moments_f64)(const double *truth, const double *predicted,
                                                 size_t count, int *bad) {
    cairn_pair_moments all;
    memset(&all, 0, sizeof all);
    if (!count) return all;
    const double t0 = truth[0], p0 = predicted[0], e0 = p0 - t0;
    all.truth.origin = t0;
    all.predicted.origin = p0;
    all.error.origin = e0;
    for (size_t start = 0; start < count; start += PIECE) {
        const size_t n = count - start < PIECE ? count - start : PIECE;
        const NAME(piece) piece =
            NAME(pair_piece)(truth + start, predicted + start, n, t0, p0, e0);
        const double share = (double)n / (double)(start + n), common = (double)start * share;
        const double dt = piece.truth - all.truth.offset;
        const double dp = piece.predicted - all.predicted.offset;
        const double de = piece.error - all.error.offset;
        all.truth.offset += dt * share;
        all.predicted.offset += dp * share;
        all.error.offset += de * share;
        all.truth.squares += piece.truth_squares;
        all.predicted.squares += piece.predicted_squares;
        all.error.squares += piece.error_squares;
        all.products += piece.products;
        // Before the first piece there is nothing, however far it is from there.
        if (start) {
            all.truth.squares += dt * dt * common;
            all.predicted.squares += dp * dp * common;
            all.error.squares += de * de * common;
            all.products += dt * dp * common;
        }
        all.absolute_errors += piece.absolute;
        all.squared_errors += piece.squared;
        all.largest_error = piece.largest > all.largest_error ? piece.largest : all.largest_error;
    }
    // What is not finite, or only too large to be squared, shows here.
    const double spread = all.squared_errors + all.truth.squares + all.predicted.squares;
    if (!(spread - spread == 0)) {
        for (size_t i = 0; i < count; i++) {
            if (!(truth[i] - truth[i] == 0) || !(predicted[i] - predicted[i] == 0)) *bad = 1;
        }
    }
    return all;
}

// Four accumulators of eight hide how long an addition takes, and with `most` they fit the sixteen
// registers of AVX2. Integers of numbers' bits say which are above 0: the largest shows whether there
// is one. One that is not a number shows there or in the sum.
#define LOG_PROBABILITIES(SCORE, TYPE, VECTOR, INTEGERS)                                           \
    static double NAME(log_probabilities_##SCORE)(const TYPE *x, size_t count, int *bad) {         \
        enum { LANES = sizeof(VECTOR) / sizeof(TYPE), WIDE = LANES / 8, FAR = 2048 / sizeof(TYPE) };\
        const TYPE *const again = loaded_anew(x);                                                  \
        f64x8 s[4] = {{0}, {0}, {0}, {0}};                                                         \
        INTEGERS most = {0};                                                                       \
        i64x8 outside = {0};                                                                       \
        size_t i = 0;                                                                              \
        for (; i + 64 <= count; i += 64) {                                                         \
            for (int part = 0; part < 8 / WIDE; part++) {                                          \
                INTEGERS v;                                                                        \
                __builtin_prefetch(x + i + LANES * part + FAR);                                    \
                memcpy(&v, x + i + LANES * part, sizeof v);                                        \
                most = __builtin_elementwise_max(v, most);                                         \
            }                                                                                      \
            for (int part = 0; part < 8; part++) {                                                 \
                s[part % 4] += load_##SCORE(again + i + 8 * part);                                 \
            }                                                                                      \
        }                                                                                          \
        for (int lane = 0; lane < LANES; lane++) {                                                 \
            if (most[lane] > 0) *bad = 1;                                                          \
        }                                                                                          \
        for (; i < count; i += 8) {                                                                \
            const f64x8 v = tail_##SCORE(x + i, count - i < 8 ? count - i : 8, 0);                 \
            outside |= ~(v <= 0);                                                                  \
            s[0] += v;                                                                             \
        }                                                                                          \
        const double all = sum((s[0] + s[1]) + (s[2] + s[3]));                                     \
        if (any(outside) || all != all) *bad = 1;                                                  \
        return all;                                                                                \
    }

LOG_PROBABILITIES(f32, float, f32x16, i32x16)
LOG_PROBABILITIES(f64, double, f64x8, i64x8)
