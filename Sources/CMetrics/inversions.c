#include <string.h>

#include "cairn_ranks.h"

// Merges two sorted runs; how many pairs stood the wrong way round.
static uint64_t merge(const uint32_t *left, size_t left_count, const uint32_t *right,
                      size_t right_count, uint32_t *out) {
    uint64_t wrong = 0;
    size_t i = 0, j = 0;
    while (i < left_count && j < right_count) {
        const int takes_right = right[j] < left[i];
        *out++ = takes_right ? right[j] : left[i];
        wrong += takes_right ? left_count - i : 0;
        j += (size_t)takes_right;
        i += (size_t)!takes_right;
    }
    memcpy(out, left + i, (left_count - i) * sizeof *out);
    memcpy(out + (left_count - i), right + j, (right_count - j) * sizeof *out);
    return wrong;
}

uint64_t cairn_inversions(uint32_t *ranks, size_t count, uint32_t *spare) {
    enum { RUN = 16 };
    uint64_t wrong = 0;
    for (size_t start = 0; start < count; start += RUN) {
        const size_t end = count - start < RUN ? count : start + RUN;
        for (size_t i = start + 1; i < end; i++) {
            const uint32_t own = ranks[i];
            size_t at = i;
            for (; at > start && ranks[at - 1] > own; at--) ranks[at] = ranks[at - 1];
            ranks[at] = own;
            wrong += i - at;
        }
    }
    uint32_t *from = ranks, *to = spare;
    for (size_t run = RUN; run < count; run *= 2) {
        for (size_t start = 0; start < count; start += 2 * run) {
            const size_t left = count - start < run ? count - start : run;
            const size_t rest = count - start - left, right = rest < run ? rest : run;
            wrong += merge(from + start, left, from + start + left, right, to + start);
        }
        uint32_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != ranks) memcpy(ranks, from, count * sizeof *ranks);
    return wrong;
}
