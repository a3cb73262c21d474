// Pairs of keys, sorted by one of them. Included once for each level.

static void NAME(integers_f64)(const double *x, size_t count, uint64_t *integers) {
    for (size_t i = 0; i < count; i++) integers[i] = NAME(key_of_f64)(x[i]);
}

#define PAIR_BITS 11

// By two digits of 11 bits from `low` up. The result is in `pairs`.
static void NAME(sort_pair_digits)(cairn_pair *pairs, size_t count, cairn_pair *spare,
                                   unsigned low) {
    enum { DIGITS = 1 << PAIR_BITS };
    uint32_t starts[2][DIGITS] = {{0}};
    const unsigned second = low + PAIR_BITS;
    for (size_t i = 0; i < count; i++) {
        starts[0][pairs[i].key >> low & (DIGITS - 1)]++;
        starts[1][second < 64 ? pairs[i].key >> second & (DIGITS - 1) : 0]++;
    }
    for (unsigned d = 0; d < 2; d++) {
        uint32_t next = 0;
        for (uint32_t value = 0; value < DIGITS; value++) {
            const uint32_t own = starts[d][value];
            starts[d][value] = next;
            next += own;
        }
    }
    for (size_t i = 0; i < count; i++) {
        spare[starts[0][pairs[i].key >> low & (DIGITS - 1)]++] = pairs[i];
    }
    for (size_t i = 0; i < count; i++) {
        pairs[starts[1][second < 64 ? spare[i].key >> second & (DIGITS - 1) : 0]++] = spare[i];
    }
}

static void NAME(insert_pairs)(cairn_pair *pairs, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const cairn_pair own = pairs[i];
        size_t at = i;
        for (; at > 0 && pairs[at - 1].key > own.key; at--) pairs[at] = pairs[at - 1];
        pairs[at] = own;
    }
}

// Up to so many pairs are sorted as words: the upper bits of what differs, and below them the place.
// These and their tables fit the first-level cache; each pair is moved once, when its place is known.
#define PLACE_BITS 13
#define WORD_BITS (32 - PLACE_BITS)
#define WORD_LOW_BITS 10

// By what differs below `top`, up to WORD_BITS of it. The result is in `pairs`.
static void NAME(sort_pair_words)(cairn_pair *pairs, size_t count, cairn_pair *spare,
                                  unsigned low) {
    enum {
        PLACES = 1 << PLACE_BITS,
        LOW = 1 << WORD_LOW_BITS,
        HIGH = 1 << (WORD_BITS - WORD_LOW_BITS)
    };
    uint32_t words[PLACES], sorted[PLACES], lower[LOW] = {0}, upper[HIGH] = {0};
    const unsigned middle = PLACE_BITS + WORD_LOW_BITS;
    for (size_t i = 0; i < count; i++) {
        // What stands above is the same in all, and shifted out.
        const uint32_t word = (uint32_t)(pairs[i].key >> low) << PLACE_BITS | (uint32_t)i;
        words[i] = word;
        lower[word >> PLACE_BITS & (LOW - 1)]++;
        upper[word >> middle]++;
    }
    uint32_t next = 0;
    for (size_t value = 0; value < LOW; value++) {
        const uint32_t own = lower[value];
        lower[value] = next;
        next += own;
    }
    next = 0;
    for (size_t value = 0; value < HIGH; value++) {
        const uint32_t own = upper[value];
        upper[value] = next;
        next += own;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[lower[words[i] >> PLACE_BITS & (LOW - 1)]++] = words[i];
    }
    for (size_t i = 0; i < count; i++) words[upper[sorted[i] >> middle]++] = sorted[i];
    memcpy(spare, pairs, count * sizeof *pairs);
    for (size_t i = 0; i < count; i++) pairs[i] = spare[words[i] & (PLACES - 1)];
}

// By key: by the upper digits of what differs, then the few runs that those leave.
static void NAME(sort_pairs)(cairn_pair *pairs, size_t count, cairn_pair *spare) {
    if (count <= 32) {
        NAME(insert_pairs)(pairs, count);
        return;
    }
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++) all |= pairs[i].key ^ pairs[0].key;
    if (!all) return;
    const unsigned top = 64 - (unsigned)__builtin_clzll(all);
    const int is_short = count <= 1 << PLACE_BITS;
    const unsigned bits = is_short ? WORD_BITS : 2 * PAIR_BITS;
    const unsigned low = top > bits ? top - bits : 0;
    if (is_short) {
        NAME(sort_pair_words)(pairs, count, spare, low);
    } else {
        NAME(sort_pair_digits)(pairs, count, spare, low);
    }
    for (size_t i = 1; low && i < count; i++) {
        if (pairs[i - 1].key <= pairs[i].key) continue;
        size_t start = i - 1, end = i + 1;
        while (start > 0 && pairs[start - 1].key >> low == pairs[i].key >> low) start--;
        while (end < count && pairs[end].key >> low == pairs[i].key >> low) end++;
        NAME(sort_pairs)(pairs + start, end - start, spare);
        i = end - 1;
    }
}

static void NAME(scatter_pairs)(const double *x, const double *y, size_t count,
                                const cairn_trie *trie, uint64_t least_y,
                                cairn_partition *partition) {
    cairn_pair *pairs = partition->entries;
    for (size_t i = 0; i < count; i++) {
        const uint64_t key = NAME(key_of_f64)(x[i]) - trie->least;
        const uint64_t other = NAME(key_of_f64)(y[i]) - least_y;
        cairn_pair *at = pairs + take_place(partition, NAME(bucket_of_f64)(trie, key), 0);
        *at = (cairn_pair){key, other};
        fetch_next_line(at);
    }
}

INLINE unsigned __int128 NAME(tie_term)(uint64_t t) {
    return (unsigned __int128)t * t * t - t;
}

INLINE cairn_wide NAME(wide)(unsigned __int128 value) {
    return (cairn_wide){(uint64_t)value, (uint64_t)(value >> 64)};
}

static cairn_wide NAME(rank_pairs)(cairn_pair *pairs, size_t count, cairn_pair *spare,
                                   uint64_t below, const cairn_trie *trie,
                                   cairn_partition *partition) {
    cairn_pair *out = partition->entries;
    unsigned __int128 ties = 0;
    NAME(sort_pairs)(pairs, count, spare);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && pairs[end].key == pairs[start].key; end++) {}
        const uint64_t rank = 2 * below + start + end + 1;
        if (end - start > 1) ties += NAME(tie_term)(end - start);
        for (size_t i = start; i < end; i++) {
            const uint64_t key = pairs[i].other;
            cairn_pair *at = out + take_place(partition, NAME(bucket_of_f64)(trie, key), 0);
            *at = (cairn_pair){key, rank};
            fetch_next_line(at);
        }
    }
    return NAME(wide)(ties);
}

static cairn_rank_products NAME(sum_ranks)(cairn_pair *pairs, size_t count, cairn_pair *spare,
                                           uint64_t below, uint64_t all, uint32_t *ranks) {
    unsigned __int128 ties = 0;
    __int128 products = 0;
    cairn_rank_products sums = {{0, 0}, {0, 0}, 0, 0};
    NAME(sort_pairs)(pairs, count, spare);
    for (size_t start = 0, end; start < count; start = end) {
        int64_t own = (int64_t)(pairs[start].other - all - 1);
        for (end = start + 1; end < count && pairs[end].key == pairs[start].key; end++) {
            own += (int64_t)(pairs[end].other - all - 1);
        }
        products += (__int128)own * (int64_t)(2 * below + start + end + 1 - all - 1);
        const uint64_t t = end - start;
        if (t == 1) continue;
        ties += NAME(tie_term)(t);
        if (!ranks) continue;
        // The keys of this group have done their work.
        for (size_t i = start; i < end; i++) pairs[i].key = pairs[i].other;
        NAME(sort_pairs)(pairs + start, t, spare);
        sums.tied += t * (t - 1) / 2;
        for (size_t i = start, same = 0; i < end; i++) {
            same = i > start && pairs[i].other == pairs[i - 1].other ? same + 1 : 0;
            sums.tied_both += same;
        }
    }
    for (size_t i = 0; ranks && i < count; i++) ranks[i] = (uint32_t)pairs[i].other;
    sums.ties = NAME(wide)(ties);
    sums.products = NAME(wide)((unsigned __int128)products);
    return sums;
}
