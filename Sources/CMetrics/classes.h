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

#define CONFUSION(LABEL, TYPE)                                                                     \
    static void NAME(confusion_##LABEL)(const TYPE *truth, const TYPE *predicted, size_t count,    \
                                        uint32_t class_count, uint32_t *cells, int *bad) {         \
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
