// Buckets of keys that carry a group in their lowest bit: sorted, and summed up from above. Included
// once for each width of keys, for each level.

#define WIDE(name) NAME(JOIN(name, KEY_NAME))
#define DIGIT_BITS 11
// Groups of equal keys are summed up so many at a time.
#define STAGED_GROUPS 512

// By `digits` digits of `bits` bits from `low` up; equal ones in any order. The result is in
// `entries`.
static void WIDE(sort_digits)(KEY *entries, size_t count, KEY *spare, unsigned low, unsigned bits,
                              unsigned digits) {
    uint32_t starts[2][1 << DIGIT_BITS];
    memset(starts[0], 0, sizeof(uint32_t) << bits);
    if (digits == 2) memset(starts[1], 0, sizeof(uint32_t) << bits);
    const KEY mask = ((KEY)1 << bits) - 1;
    for (size_t i = 0; i < count; i++) {
        starts[0][entries[i] >> low & mask]++;
        if (digits == 2) starts[1][entries[i] >> (low + bits) & mask]++;
    }
    for (unsigned d = 0; d < digits; d++) {
        uint32_t next = 0;
        for (uint32_t value = 0; value <= (uint32_t)mask; value++) {
            const uint32_t own = starts[d][value];
            starts[d][value] = next;
            next += own;
        }
    }
    for (size_t i = 0; i < count; i++) {
        spare[starts[0][entries[i] >> low & mask]++] = entries[i];
    }
    if (digits == 1) {
        memcpy(entries, spare, count * sizeof *entries);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        entries[starts[1][spare[i] >> (low + bits) & mask]++] = spare[i];
    }
}

static void WIDE(insert_sorted)(KEY *entries, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const KEY own = entries[i];
        size_t at = i;
        for (; at > 0 && entries[at - 1] > own; at--) entries[at] = entries[at - 1];
        entries[at] = own;
    }
}

// Sorts by the upper digits of what differs; the few runs that those leave, by what is below.
static void WIDE(sort)(KEY *entries, size_t count, KEY *spare) {
    if (count <= 32) {
        WIDE(insert_sorted)(entries, count);
        return;
    }
    KEY all = 0;
    for (size_t i = 0; i < count; i++) all |= entries[i] ^ entries[0];
    if (!all) return;
    const unsigned top = KEY_BITS - (unsigned)COUNT_ZEROS(all);
    const unsigned wanted = top < 2 * DIGIT_BITS ? top : 2 * DIGIT_BITS;
    const unsigned digits = wanted > DIGIT_BITS ? 2 : 1, bits = (wanted + digits - 1) / digits;
    const unsigned low = top > bits * digits ? top - bits * digits : 0;
    WIDE(sort_digits)(entries, count, spare, low, bits, digits);
    if (!low) return;
    for (size_t i = 1; i < count; i++) {
        if (entries[i - 1] <= entries[i]) continue;
        size_t start = i - 1, end = i + 1;
        while (start > 0 && entries[start - 1] >> low == entries[i] >> low) start--;
        while (end < count && entries[end] >> low == entries[i] >> low) end++;
        WIDE(sort)(entries + start, end - start, spare);
        i = end - 1;
    }
}

// Groups of equal keys that wait to be summed up, from the highest down.
typedef struct {
    uint64_t keys[STAGED_GROUPS];
    uint32_t ones[STAGED_GROUPS];
    uint32_t zeros[STAGED_GROUPS];
    size_t count;
    uint64_t ones_above;
    uint64_t zeros_above;
    uint64_t least; // what makes a number's integer of a key
    double precision_before;
} WIDE(groups);

// `ones` and `zeros` are those at or above each key.
static void WIDE(sum_up_curve)(WIDE(groups) * groups, const double *ones, const double *zeros,
                               const cairn_rank_wanted *wanted, cairn_rank_part *part) {
    const double all = (double)wanted->ones;
    // The quotient before a group stands before its own.
    double quotients[STAGED_GROUPS + 8], f1[STAGED_GROUPS];
    f64x8 precisions = {0}, trapezoids = {0}, best = splat(-1);
    quotients[0] = groups->precision_before;
    for (size_t i = 0; i < groups->count; i += 8) {
        const f64x8 o = load_f64(ones + i), z = load_f64(zeros + i);
        store_f64(quotients + i + 1, o / (o + z));
        const f64x8 own = 2 * o / (all + o + z);
        store_f64(f1 + i, own);
        best = largest(own, best);
    }
    for (size_t i = 0; i < groups->count; i += 8) {
        const f64x8 gained = __builtin_convertvector(load_u32(groups->ones + i), f64x8);
        const f64x8 before = load_f64(quotients + i), quotient = load_f64(quotients + i + 1);
        precisions += gained * quotient;
        trapezoids += gained * (before + quotient);
    }
    groups->precision_before = quotients[groups->count];
    part->precisions += sum(precisions);
    part->trapezoids += sum(trapezoids) / 2;
    const double most = largest_lane(best);
    if (!(most > part->best_f1)) return;
    for (size_t i = 0;; i++) {
        if (f1[i] == most) {
            part->best_f1 = most;
            part->best = groups->keys[i] + groups->least;
            return;
        }
    }
}

static void WIDE(sum_up)(WIDE(groups) * groups, const cairn_rank_wanted *wanted,
                         cairn_rank_part *part, cairn_rank_point *points) {
    double ones[STAGED_GROUPS], zeros[STAGED_GROUPS];
    uint64_t o = groups->ones_above, z = groups->zeros_above, pairs = 0;
    int64_t most = part->gap_most, least = part->gap_least;
    for (size_t i = 0; i < groups->count; i++) {
        pairs += groups->zeros[i] * (2 * o + groups->ones[i]);
        o += groups->ones[i];
        z += groups->zeros[i];
        const int64_t gap = (int64_t)(o * wanted->zeros) - (int64_t)(z * wanted->ones);
        most = gap > most ? gap : most;
        least = gap < least ? gap : least;
        ones[i] = (double)o;
        zeros[i] = (double)z;
    }
    part->twice_pairs += pairs;
    part->gap_most = most;
    part->gap_least = least;
    for (size_t i = 0; wanted->gaps && i < groups->count; i++) {
        const double t = (double)groups->ones[i] + (double)groups->zeros[i];
        part->tie_term += t * t * t - t;
    }
    if (wanted->curve && groups->count) {
        // What stands behind the last group gains nothing and is no better.
        for (size_t i = groups->count; i % 8; i++) {
            groups->ones[i] = 0;
            ones[i] = 0;
            zeros[i] = 1;
        }
        WIDE(sum_up_curve)(groups, ones, zeros, wanted, part);
    }
    if (wanted->point_steps) {
        uint64_t o_before = groups->ones_above, z_before = groups->zeros_above;
        const uint64_t steps = wanted->point_steps;
        for (size_t i = 0; i < groups->count; i++) {
            const uint64_t own_o = (uint64_t)ones[i], own_z = (uint64_t)zeros[i];
            if ((wanted->ones &&
                 own_o * steps / wanted->ones != o_before * steps / wanted->ones) ||
                (wanted->zeros &&
                 own_z * steps / wanted->zeros != z_before * steps / wanted->zeros)) {
                points[part->point_count++] = 
                    (cairn_rank_point){groups->keys[i] + groups->least, own_o, own_z};
            }
            o_before = own_o;
            z_before = own_z;
        }
    }
    groups->ones_above = o;
    groups->zeros_above = z;
    groups->count = 0;
}

// Where keys are about as many as there could be, they are counted one by one.
static void WIDE(rank_counted)(const KEY *entries, size_t count, KEY lowest, size_t span,
                               uint32_t *table, uint64_t above, WIDE(groups) * groups,
                               const cairn_rank_wanted *wanted, cairn_rank_part *part,
                               cairn_rank_point *points) {
    memset(table, 0, 2 * span * sizeof *table);
    for (size_t i = 0; i < count; i++) table[entries[i] - (lowest << 1)]++;
    for (size_t value = span; value > 0;) {
        const size_t step = value < STAGED_GROUPS ? value : STAGED_GROUPS;
        for (size_t i = 0; i < step; i++) {
            value--;
            const uint32_t zeros = table[2 * value], ones = table[2 * value + 1];
            groups->keys[groups->count] = above | ((uint64_t)lowest + value);
            groups->zeros[groups->count] = zeros;
            groups->ones[groups->count] = ones;
            groups->count += (zeros | ones) != 0;
        }
        WIDE(sum_up)(groups, wanted, part, points);
    }
}

static void WIDE(rank_sorted)(const KEY *entries, size_t count, uint64_t above,
                              WIDE(groups) * groups, const cairn_rank_wanted *wanted,
                              cairn_rank_part *part, cairn_rank_point *points) {
    for (size_t i = count; i > 0;) {
        // As many entries as can be no more groups than have a place.
        const size_t step = i < STAGED_GROUPS ? i : STAGED_GROUPS;
        size_t end = i - step;
        size_t at = 0;
        uint32_t ones = 0, zeros = 0;
        KEY before = entries[i - 1] >> 1;
        for (; i > end; i--) {
            const KEY key = entries[i - 1] >> 1;
            const uint32_t group = (uint32_t)(entries[i - 1] & 1), same = key == before;
            at += !same;
            ones = (same ? ones : 0) + group;
            zeros = (same ? zeros : 0) + 1 - group;
            groups->keys[at] = above | (uint64_t)key;
            groups->ones[at] = ones;
            groups->zeros[at] = zeros;
            before = key;
        }
        // The last group is not over before another key comes.
        for (; i > 0 && entries[i - 1] >> 1 == before; i--) {
            groups->ones[at] += (uint32_t)(entries[i - 1] & 1);
            groups->zeros[at] += 1 - (uint32_t)(entries[i - 1] & 1);
        }
        groups->count = at + 1;
        WIDE(sum_up)(groups, wanted, part, points);
    }
}

// Gaps need no groups where numbers are sorted and most of them differ: one moves the distance of the
// distributions up or down, and it is looked at behind the last of equal ones.
static void WIDE(gaps_sorted)(const KEY *entries, size_t count, uint64_t ones_above,
                              uint64_t zeros_above, const cairn_rank_wanted *wanted,
                              cairn_rank_part *part) {
    const int64_t both = (int64_t)(wanted->zeros + wanted->ones), down = (int64_t)wanted->ones;
    int64_t gap = (int64_t)(ones_above * wanted->zeros) - (int64_t)(zeros_above * wanted->ones);
    int64_t most = part->gap_most, least = part->gap_least;
    uint64_t ones = ones_above, pairs = 0;
    double tie_term = 0;
    for (size_t i = count; i > 0;) {
        const KEY key = entries[i - 1] >> 1;
        if (__builtin_expect(i > 1 && entries[i - 2] >> 1 == key, 0)) {
            uint64_t own_ones = 0, own = 0;
            for (; i > 0 && entries[i - 1] >> 1 == key; i--, own++) own_ones += entries[i - 1] & 1;
            pairs += (own - own_ones) * (2 * ones + own_ones);
            ones += own_ones;
            gap += both * (int64_t)own_ones - down * (int64_t)own;
            const double t = (double)own;
            tie_term += t * t * t - t;
        } else {
            const uint64_t one = entries[--i] & 1;
            pairs += 2 * ones & (one - 1);
            ones += one;
            gap += (both & -(int64_t)one) - down;
        }
        most = gap > most ? gap : most;
        least = gap < least ? gap : least;
    }
    part->twice_pairs = pairs;
    part->gap_most = most;
    part->gap_least = least;
    part->tie_term = tie_term;
}

// Pairs alone need no groups. In a table, one place after the other:
static uint64_t WIDE(pairs_counted)(const KEY *entries, size_t count, KEY lowest, size_t span,
                                    uint32_t *table, uint64_t ones_above) {
    memset(table, 0, 2 * span * sizeof *table);
    for (size_t i = 0; i < count; i++) table[entries[i] - (lowest << 1)]++;
    uint64_t pairs = 0;
    for (size_t value = span; value-- > 0;) {
        const uint64_t zeros = table[2 * value], ones = table[2 * value + 1];
        pairs += zeros * (2 * ones_above + ones);
        ones_above += ones;
    }
    return pairs;
}

// Sorted, where the zeros of a key stand before its ones: each one is above the zeros of lower keys,
// and above half of its own.
static uint64_t WIDE(pairs_sorted)(const KEY *entries, size_t count, uint64_t ones_above) {
    uint64_t pairs = 0, zeros = 0, zeros_below = 0;
    KEY before = entries[0] >> 1;
    for (size_t i = 0; i < count; i++) {
        const KEY key = entries[i] >> 1;
        const uint64_t one = entries[i] & 1;
        zeros_below = key == before ? zeros_below : zeros;
        zeros += 1 - one;
        pairs += (zeros + zeros_below) & (0 - one);
        before = key;
    }
    return pairs + 2 * ones_above * zeros;
}

static void WIDE(rank_bucket)(KEY *entries, size_t count, KEY *spare, size_t spare_byte_count,
                              const cairn_trie *trie, uint32_t bucket, uint64_t ones_above, uint64_t zeros_above,
                              const cairn_rank_wanted *wanted, cairn_rank_part *part,
                              cairn_rank_point *points) {
    WIDE(groups) groups;
    memset(part, 0, sizeof *part);
    part->best_f1 = -1;
    part->gap_most = INT64_MIN;
    part->gap_least = INT64_MAX;
    if (!count) return;
    groups.count = 0;
    groups.ones_above = ones_above;
    groups.zeros_above = zeros_above;
    groups.precision_before = ones_above + zeros_above
                                  ? (double)ones_above / ((double)ones_above + (double)zeros_above)
                                  : 1;
    KEY low = entries[0], high = entries[0];
    for (size_t i = 0; i < count; i++) {
        low = entries[i] < low ? entries[i] : low;
        high = entries[i] > high ? entries[i] : high;
    }
    low >>= 1;
    high >>= 1;
    // What turns keys back into integers: the bit that had no place, and what was subtracted.
    const uint64_t above = trie->key_bits == KEY_BITS && bucket >= trie->upper_bucket
                               ? (uint64_t)1 << (KEY_BITS - 1)
                               : 0;
    groups.least = trie->least;
    // The table takes the place of the spare entries. Up to four places a number it is faster.
    const size_t held = spare_byte_count / (2 * sizeof(uint32_t));
    const int is_dense = (uint64_t)(high - low) < (held < 4 * count ? held : 4 * count);
    const size_t span = (size_t)(high - low) + 1;
    if (!is_dense) WIDE(sort)(entries, count, spare);
    if (!wanted->gaps && !wanted->curve && !wanted->point_steps) {
        part->twice_pairs =
            is_dense ? WIDE(pairs_counted)(entries, count, low, span, (uint32_t *)spare, ones_above)
                     : WIDE(pairs_sorted)(entries, count, ones_above);
    } else if (!is_dense && !wanted->curve && !wanted->point_steps) {
        WIDE(gaps_sorted)(entries, count, ones_above, zeros_above, wanted, part);
    } else if (is_dense) {
        WIDE(rank_counted)(entries, count, low, span, (uint32_t *)spare, above, &groups, wanted,
                           part, points);
    } else {
        WIDE(rank_sorted)(entries, count, above, &groups, wanted, part, points);
    }
}
#undef WIDE
#undef DIGIT_BITS
#undef STAGED_GROUPS
