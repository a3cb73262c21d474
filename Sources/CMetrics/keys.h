// Numbers as integers in the same order, and the buckets of those. Included once for each type of
// numbers, for each level: SCORE is its name, KEY the integers', KEY_BITS how many bits they have.

#define KEYS(name) NAME(JOIN(name, SCORE))
#define HIGHEST ((KEY)1 << (KEY_BITS - 1))

// Adding 0 makes 0 of −0.
INLINE KEY KEYS(key_of)(SCORE_TYPE x) {
    x += 0;
    KEY bits;
    memcpy(&bits, &x, sizeof bits);
    return bits ^ ((KEY)-(KEY)(bits >> (KEY_BITS - 1)) | HIGHEST);
}

static void KEYS(extent)(const SCORE_TYPE *x, size_t count, uint64_t *least, uint64_t *most,
                         int *bad) {
    if (!count) return;
    VECTOR low, high;
    for (int lane = 0; lane < LANES; lane++) low[lane] = high[lane] = x[0];
    MASK unordered = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        VECTOR v;
        memcpy(&v, x + i, sizeof v);
        const MASK below = v < low, above = v > high;
        unordered |= v != v;
        low = (VECTOR)(((MASK)v & below) | ((MASK)low & ~below));
        high = (VECTOR)(((MASK)v & above) | ((MASK)high & ~above));
    }
    int is_bad = any((i64x8)unordered);
    for (; i < count; i++) {
        is_bad |= x[i] != x[i];
        low[0] = x[i] < low[0] ? x[i] : low[0];
        high[0] = x[i] > high[0] ? x[i] : high[0];
    }
    for (int lane = 0; lane < LANES; lane++) {
        const uint64_t l = KEYS(key_of)(low[lane]), h = KEYS(key_of)(high[lane]);
        *least = l < *least ? l : *least;
        *most = h > *most ? h : *most;
    }
    if (is_bad) *bad = 1;
}

static size_t KEYS(sample)(const SCORE_TYPE *x, size_t count, size_t first, size_t step,
                           uint64_t least, uint64_t *keys) {
    size_t taken = 0;
    for (size_t i = first; i < count; i += step) {
        keys[taken++] = (KEY)(KEYS(key_of)(x[i]) - (KEY)least);
    }
    return taken;
}

INLINE uint32_t KEYS(bucket_of)(const cairn_trie *trie, KEY key) {
    const uint32_t p = (uint32_t)(key >> trie->shift);
    return trie->base[p] + (uint32_t)(key >> trie->down[p]);
}

static void KEYS(scatter)(const SCORE_TYPE *x, const uint8_t *groups, size_t group_stride,
                          uint8_t group, size_t count, const cairn_trie *trie,
                          cairn_partition *partition) {
    const KEY least = (KEY)trie->least;
    KEY *entries = partition->entries;
    for (size_t i = 0; i < count; i++) {
        const KEY key = KEYS(key_of)(x[i]) - least;
        const uint32_t bucket = KEYS(bucket_of)(trie, key);
        const uint64_t own = groups ? groups[i * group_stride] : group;
        KEY *at = entries + take_place(partition, bucket, own);
        *at = (KEY)(key << 1) | (KEY)own;
        fetch_next_line(at);
    }
}

// How many numbers each bucket has.
static void KEYS(count_buckets)(const SCORE_TYPE *x, size_t count, const cairn_trie *trie,
                                uint32_t *counts) {
    const KEY least = (KEY)trie->least;
    for (size_t i = 0; i < count; i++) {
        counts[KEYS(bucket_of)(trie, KEYS(key_of)(x[i]) - least)]++;
    }
}

// The integers of numbers in wanted buckets. Each is written, and stays where it counts.
static size_t KEYS(collect)(const SCORE_TYPE *x, size_t count, const cairn_trie *trie,
                            const uint8_t *is_wanted, uint64_t *integers) {
    const KEY least = (KEY)trie->least;
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        const KEY integer = KEYS(key_of)(x[i]);
        integers[taken] = integer;
        taken += is_wanted[KEYS(bucket_of)(trie, integer - least)];
    }
    return taken;
}
#undef KEYS
#undef HIGHEST
