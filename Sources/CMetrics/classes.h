// Labels against labels. Included once for each level.

// Comparisons are −1 where equal: sums of them in bytes hold for 255 vectors.
static uint64_t NAME(matches_u8)(const uint8_t *a, const uint8_t *b, size_t count) {
    uint64_t total = 0;
    size_t i = 0;
    while (i + 64 <= count) {
        u8x64 equal = {0};
        const size_t end = count - i > 255 * 64 ? i + 255 * 64 : i + (count - i) / 64 * 64;
        for (; i < end; i += 64) {
            u8x64 x, y;
            memcpy(&x, a + i, sizeof x);
            memcpy(&y, b + i, sizeof y);
            equal -= (u8x64)(x == y);
        }
        uint32_t part = 0;
        for (int lane = 0; lane < 64; lane++) part += equal[lane];
        total += part;
    }
    for (; i < count; i++) total += a[i] == b[i];
    return total;
}

static uint64_t NAME(matches_i32)(const int32_t *a, const int32_t *b, size_t count) {
    i32x16 equal0 = {0}, equal1 = {0};
    uint64_t total = 0;
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        i32x16 x0, x1, y0, y1;
        memcpy(&x0, a + i, sizeof x0);
        memcpy(&y0, b + i, sizeof y0);
        memcpy(&x1, a + i + 16, sizeof x1);
        memcpy(&y1, b + i + 16, sizeof y1);
        equal0 -= x0 == y0;
        equal1 -= x1 == y1;
        // Each lane counts up to 2³¹.
    }
    for (int lane = 0; lane < 16; lane++) {
        total += (uint64_t)(uint32_t)equal0[lane] + (uint64_t)(uint32_t)equal1[lane];
    }
    for (; i < count; i++) total += a[i] == b[i];
    return total;
}

// Up to 16 classes a pair is one byte, truth above: packed in vectors, counted from a register of
// eight, each place of it in a table of its own, so that no count waits for the one before.
#define COUNT_PACKED(word)                                                                         \
    do {                                                                                           \
        const uint64_t of = (word);                                                                      \
        tables[0][of & 255]++;                                                                      \
        tables[1][of >> 8 & 255]++;                                                                 \
        tables[2][of >> 16 & 255]++;                                                                \
        tables[3][of >> 24 & 255]++;                                                                \
        tables[4][of >> 32 & 255]++;                                                                \
        tables[5][of >> 40 & 255]++;                                                                \
        tables[6][of >> 48 & 255]++;                                                                \
        tables[7][of >> 56]++;                                                                      \
    } while (0)

static void NAME(add_tables)(uint32_t tables[8][256], uint32_t class_count, uint32_t *cells,
                             int *bad) {
    for (uint32_t truth = 0; truth < 16; truth++) {
        for (uint32_t predicted = 0; predicted < 16; predicted++) {
            uint32_t total = 0;
            for (int t = 0; t < 8; t++) total += tables[t][truth << 4 | predicted];
            if (truth < class_count && predicted < class_count) {
                cells[truth * class_count + predicted] += total;
            } else if (total) {
                *bad = 1;
            }
        }
    }
}

static void NAME(confusion_few_u8)(const uint8_t *truth, const uint8_t *predicted, size_t count,
                                   uint32_t class_count, uint32_t *cells, int *bad) {
    uint32_t tables[8][256] = {{0}};
    u8x64 seen = {0};
    uint8_t rest = 0;
    size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        u8x64 t, p;
        memcpy(&t, truth + i, sizeof t);
        memcpy(&p, predicted + i, sizeof p);
        seen |= t | p;
        u8x64 packed = (t << 4) | p;
        uint64_t words[8];
        memcpy(words, &packed, sizeof words);
        for (int w = 0; w < 8; w++) COUNT_PACKED(words[w]);
    }
    for (; i < count; i++) {
        rest |= truth[i] | predicted[i];
        tables[0][(uint8_t)(truth[i] << 4 | (predicted[i] & 15))]++;
    }
    for (int lane = 0; lane < 64; lane++) rest |= seen[lane];
    if (rest & 0xF0) *bad = 1;
    NAME(add_tables)(tables, class_count, cells, bad);
}

static void NAME(confusion_few_i32)(const int32_t *truth, const int32_t *predicted, size_t count,
                                    uint32_t class_count, uint32_t *cells, int *bad) {
    uint32_t tables[8][256] = {{0}};
    i32x16 seen = {0};
    int32_t rest = 0;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        i32x16 t, p;
        memcpy(&t, truth + i, sizeof t);
        memcpy(&p, predicted + i, sizeof p);
        seen |= t | p;
        u8x16 packed = __builtin_convertvector(t << 4 | p, u8x16);
        uint64_t words[2];
        memcpy(words, &packed, sizeof words);
        COUNT_PACKED(words[0]);
        COUNT_PACKED(words[1]);
    }
    for (; i < count; i++) {
        rest |= truth[i] | predicted[i];
        tables[0][(uint8_t)((uint32_t)truth[i] << 4 | ((uint32_t)predicted[i] & 15))]++;
    }
    for (int lane = 0; lane < 16; lane++) rest |= seen[lane];
    if (rest & ~15) *bad = 1;
    NAME(add_tables)(tables, class_count, cells, bad);
}

// Up to 10 classes two examples are counted at once: a pair of cells is one place of ten thousand, and
// a table of them, in two bytes each, is smaller than the first-level cache. Where the same pair comes
// again and again one count waits for the other: such a stage is counted cell by cell.
#define PAIRED_CLASSES 10
#define PAIRED_CELLS (PAIRED_CLASSES * PAIRED_CLASSES)
// Each table counts a quarter of these at most.
#define PAIRED_STEP 131072
#define PAIRED_STAGE 2048

typedef struct {
    uint16_t pairs[2][PAIRED_CELLS * PAIRED_CELLS];
    uint32_t singles[8][256];
    uint16_t staged_pairs[PAIRED_STAGE / 2];
    uint8_t staged[PAIRED_STAGE];
} NAME(pair_tables);

static void NAME(count_stage)(NAME(pair_tables) * tables_of, size_t count) {
    const uint16_t *pairs = tables_of->staged_pairs;
    const size_t pair_count = count / 2;
    u16x32 repeated = {0};
    for (size_t i = 0; i + 34 <= pair_count; i += 32) {
        u16x32 own, next;
        memcpy(&own, pairs + i, sizeof own);
        memcpy(&next, pairs + i + 2, sizeof next);
        repeated -= (u16x32)(own == next);
    }
    uint32_t repeats = 0;
    for (int lane = 0; lane < 32; lane++) repeats += repeated[lane];
    if (repeats > pair_count / 8) {
        uint32_t(*tables)[256] = tables_of->singles;
        for (size_t i = 0; i < count; i += 8) {
            uint64_t word;
            memcpy(&word, tables_of->staged + i, sizeof word);
            COUNT_PACKED(word);
        }
        return;
    }
    for (size_t i = 0; i < pair_count; i += 4) {
        uint64_t word;
        memcpy(&word, pairs + i, sizeof word);
        tables_of->pairs[0][word & 0xFFFF]++;
        tables_of->pairs[1][word >> 16 & 0xFFFF]++;
        tables_of->pairs[0][word >> 32 & 0xFFFF]++;
        tables_of->pairs[1][word >> 48]++;
    }
}

static void NAME(add_pairs)(const NAME(pair_tables) * tables_of, uint32_t cell_count,
                            uint32_t *cells) {
    for (uint32_t first = 0; first < cell_count; first++) {
        const uint16_t *a = tables_of->pairs[0] + first * cell_count;
        const uint16_t *b = tables_of->pairs[1] + first * cell_count;
        uint32_t total = 0;
        for (uint32_t second = 0; second < cell_count; second++) {
            const uint32_t own = (uint32_t)a[second] + b[second];
            total += own;
            cells[second] += own;
        }
        cells[first] += total;
    }
    for (uint32_t cell = 0; cell < cell_count; cell++) {
        for (int t = 0; t < 8; t++) cells[cell] += tables_of->singles[t][cell];
    }
}

#define CONFUSION_PAIRED(LABEL, TYPE, VECTOR)                                                      \
    static void NAME(confusion_paired_##LABEL)(const TYPE *truth, const TYPE *predicted,           \
                                               size_t count, uint32_t class_count,                 \
                                               uint32_t *cells, int *bad) {                        \
        const uint16_t side = (uint16_t)class_count, cell_count = side * side;                     \
        NAME(pair_tables) tables_of;                                                               \
        size_t i = 0;                                                                              \
        while (i + 32 <= count) {                                                                  \
            memset(tables_of.pairs[0], 0, 2 * (size_t)cell_count * cell_count);                    \
            memset(tables_of.pairs[1], 0, 2 * (size_t)cell_count * cell_count);                    \
            memset(tables_of.singles, 0, sizeof tables_of.singles);                                \
            const size_t left = (count - i) / 32 * 32;                                             \
            const size_t end = i + (left < PAIRED_STEP ? left : PAIRED_STEP);                      \
            while (i < end) {                                                                      \
                const size_t staged = end - i < PAIRED_STAGE ? end - i : PAIRED_STAGE;             \
                VECTOR largest_label = {0};                                                        \
                for (size_t j = 0; j < staged; j += 32, i += 32) {                                 \
                    VECTOR t[2], p[2];                                                             \
                    u16x16 cell[2];                                                                \
                    for (int half = 0; half < 2; half++) {                                         \
                        memcpy(&t[half], truth + i + 16 * half, sizeof t[half]);                   \
                        memcpy(&p[half], predicted + i + 16 * half, sizeof p[half]);               \
                        largest_label = __builtin_elementwise_max(                                 \
                            largest_label, __builtin_elementwise_max(t[half], p[half]));           \
                        cell[half] = __builtin_convertvector(t[half], u16x16) * side +             \
                                     __builtin_convertvector(p[half], u16x16);                     \
                        const u8x16 single = __builtin_convertvector(cell[half], u8x16);           \
                        memcpy(tables_of.staged + j + 16 * half, &single, sizeof single);          \
                    }                                                                              \
                    const u16x16 pair = cell[0] * cell_count + cell[1];                            \
                    memcpy(tables_of.staged_pairs + j / 2, &pair, sizeof pair);                    \
                }                                                                                  \
                for (int lane = 0; lane < 16; lane++) {                                            \
                    if (largest_label[lane] >= class_count) *bad = 1;                              \
                }                                                                                  \
                if (*bad) return;                                                                  \
                NAME(count_stage)(&tables_of, staged);                                             \
            }                                                                                      \
            NAME(add_pairs)(&tables_of, cell_count, cells);                                        \
        }                                                                                          \
        for (; i < count; i++) {                                                                   \
            const uint32_t t = (uint32_t)truth[i], p = (uint32_t)predicted[i];                     \
            if (t < class_count && p < class_count) {                                              \
                cells[t * class_count + p]++;                                                      \
            } else {                                                                               \
                *bad = 1;                                                                          \
            }                                                                                      \
        }                                                                                          \
    }

CONFUSION_PAIRED(u8, uint8_t, u8x16)
CONFUSION_PAIRED(i32, int32_t, u32x16)

#define CONFUSION(LABEL, TYPE)                                                                     \
    static void NAME(confusion_##LABEL)(const TYPE *truth, const TYPE *predicted, size_t count,    \
                                        uint32_t class_count, uint32_t *cells, int *bad) {         \
        if (PAIRS_ARE_FASTER && class_count <= PAIRED_CLASSES && count >= PAIRED_STAGE) {          \
            NAME(confusion_paired_##LABEL)(truth, predicted, count, class_count, cells, bad);      \
            return;                                                                                \
        }                                                                                          \
        if (class_count <= 16) {                                                                   \
            NAME(confusion_few_##LABEL)(truth, predicted, count, class_count, cells, bad);         \
            return;                                                                                \
        }                                                                                          \
        for (size_t i = 0; i < count; i++) {                                                       \
            const uint32_t t = (uint32_t)truth[i], p = (uint32_t)predicted[i];                     \
            if (t >= class_count || p >= class_count) {                                            \
                *bad = 1;                                                                          \
                return;                                                                            \
            }                                                                                      \
            cells[t * class_count + p]++;                                                          \
        }                                                                                          \
    }

CONFUSION(u8, uint8_t)
CONFUSION(i32, int32_t)
