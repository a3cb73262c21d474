// BLAKE3's compression in LANES lanes at once, one input in each lane. Included once for every
// width; the includer defines LANES, NAME (the suffix of all names), LOW and HIGH (the indexes that
// interleave the lower and the upper halves of two vectors) and opens the attribute that lets the
// compiler use the instructions of that width.

typedef uint32_t NAME(vec) __attribute__((vector_size(LANES * 4)));

static inline NAME(vec) NAME(rotate)(NAME(vec) x, int by) { return x >> by | x << (32 - by); }

// LANES rows of LANES words each, turned so that vector i holds word i of every row. Each round
// interleaves row i with row i + LANES / 2; log2(LANES) of them transpose (a perfect shuffle).
static inline void NAME(transpose)(NAME(vec) rows[LANES]) {
    for (int width = 1; width < LANES; width *= 2) {
        NAME(vec) turned[LANES];
        for (int i = 0; i < LANES / 2; i++) {
            turned[2 * i] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], LOW);
            turned[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], HIGH);
        }
        memcpy(rows, turned, sizeof turned);
    }
}

// The 16 words of one block of each input, word by word; inputs lie `stride` bytes apart. Lanes
// from `count` on repeat the last input, and nobody reads what comes of them.
static inline void NAME(load)(
    NAME(vec) m[16], const uint8_t *input, size_t stride, uint32_t count) {
    for (int part = 0; part < 16 / LANES; part++) {
        for (uint32_t lane = 0; lane < LANES; lane++) {
            size_t row = lane < count ? lane : count - 1;
            memcpy(&m[part * LANES + lane], input + row * stride + (size_t)part * LANES * 4, LANES * 4);
        }
        NAME(transpose)(m + part * LANES);
    }
}

#define MIX(a, b, c, d, x, y)                      \
    do {                                           \
        v[a] += v[b] + m[x];                       \
        v[d] = NAME(rotate)(v[d] ^ v[a], 16);      \
        v[c] += v[d];                              \
        v[b] = NAME(rotate)(v[b] ^ v[c], 12);      \
        v[a] += v[b] + m[y];                       \
        v[d] = NAME(rotate)(v[d] ^ v[a], 8);       \
        v[c] += v[d];                              \
        v[b] = NAME(rotate)(v[b] ^ v[c], 7);       \
    } while (0)

#define ROUND(a, b, c, d, e, f, g, h, i, j, k, l, n, o, p, q) \
    do {                                                      \
        MIX(0, 4, 8, 12, a, b);                               \
        MIX(1, 5, 9, 13, c, d);                               \
        MIX(2, 6, 10, 14, e, f);                              \
        MIX(3, 7, 11, 15, g, h);                              \
        MIX(0, 5, 10, 15, i, j);                              \
        MIX(1, 6, 11, 12, k, l);                              \
        MIX(2, 7, 8, 13, n, o);                               \
        MIX(3, 4, 9, 14, p, q);                               \
    } while (0)

// Chains `blocks` blocks of `count` inputs (1 to LANES) and writes 8 words for each to `out`.
static void NAME(chain)(
    const uint8_t *input, size_t stride, uint32_t blocks, uint32_t count, uint64_t counter,
    uint32_t counter_step, uint32_t flags, uint32_t first_flags, uint32_t last_flags,
    uint32_t *out) {
    NAME(vec) chain[8], low, high;
    for (int i = 0; i < 8; i++) chain[i] = (NAME(vec)){0} + IV[i];
    for (uint32_t lane = 0; lane < LANES; lane++) {
        uint64_t value = counter + (uint64_t)counter_step * lane;
        low[lane] = (uint32_t)value;
        high[lane] = (uint32_t)(value >> 32);
    }
    for (uint32_t block = 0; block < blocks; block++) {
        NAME(vec) m[16], v[16];
        NAME(load)(m, input + (size_t)block * BLOCK, stride, count);
        uint32_t present = flags | (block == 0 ? first_flags : 0)
            | (block == blocks - 1 ? last_flags : 0);
        for (int i = 0; i < 8; i++) v[i] = chain[i];
        for (int i = 0; i < 4; i++) v[8 + i] = (NAME(vec)){0} + IV[i];
        v[12] = low;
        v[13] = high;
        v[14] = (NAME(vec)){0} + BLOCK;
        v[15] = (NAME(vec)){0} + present;
        // The message order of each round, as in ORDER.
        ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        ROUND(2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8);
        ROUND(3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1);
        ROUND(10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6);
        ROUND(12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4);
        ROUND(9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7);
        ROUND(11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13);
        for (int i = 0; i < 8; i++) chain[i] = v[i] ^ v[i + 8];
    }
    for (uint32_t lane = 0; lane < count; lane++) {
        for (int i = 0; i < 8; i++) out[8 * lane + i] = chain[i][lane];
    }
}

#undef MIX
#undef ROUND
#undef LANES
#undef NAME
#undef LOW
#undef HIGH
