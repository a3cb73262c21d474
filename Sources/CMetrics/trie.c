#include "partition.h"

#include <stdlib.h>
#include <string.h>

double cairn_number_f32(uint64_t integer) {
    uint32_t bits = (uint32_t)integer;
    bits ^= bits >> 31 ? 0x80000000u : 0xFFFFFFFFu;
    float x;
    memcpy(&x, &bits, sizeof x);
    return (double)x;
}

double cairn_number_f64(uint64_t integer) {
    integer ^= integer >> 63 ? 0x8000000000000000u : ~(uint64_t)0;
    double x;
    memcpy(&x, &integer, sizeof x);
    return x;
}

cairn_trie *cairn_trie_new(uint64_t least, uint64_t most, const uint64_t *sample,
                           size_t sample_count, size_t count, size_t target) {
    enum { PREFIXES = 1 << TRIE_BITS };
    const uint64_t range = most - least;
    const unsigned bits = range ? 64 - (unsigned)__builtin_clzll(range) : 1;
    const double scale = sample_count ? (double)count / (double)sample_count : 0;
    // Half as many again are better left whole than cut.
    const double most_wanted = 1.5 * (double)target;
    uint64_t sampled[PREFIXES] = {0};
    cairn_trie *trie = malloc(sizeof *trie);
    if (!trie) return NULL;
    trie->least = least;
    trie->key_bits = (uint8_t)bits;
    trie->shift = bits > TRIE_BITS ? (uint8_t)(bits - TRIE_BITS) : 0;
    for (size_t i = 0; i < sample_count; i++) sampled[sample[i] >> trie->shift]++;
    uint32_t next = 0;
    int is_open = 0; // whether a bucket is being filled up by prefixes in a row
    double gathered = 0;
    for (uint32_t p = 0; p < PREFIXES; p++) {
        const double expected = (double)sampled[p] * scale;
        // A bucket holds no keys with and without the highest bit of all.
        const int is_upper = bits > TRIE_BITS && p == PREFIXES / 2;
        unsigned cut = 0;
        while (cut < trie->shift && expected > most_wanted * (double)(1u << cut)) cut++;
        if (is_open && (cut || is_upper || gathered + expected > most_wanted)) {
            next++;
            is_open = 0;
        }
        if (p == PREFIXES / 2) trie->upper_bucket = next;
        trie->down[p] = (uint8_t)(trie->shift - cut);
        // The upper bits and those of the cut together count on from `next`.
        trie->base[p] = next - (p << cut);
        if (cut) {
            next += 1u << cut;
        } else {
            gathered = is_open ? gathered + expected : expected;
            is_open = 1;
        }
    }
    trie->bucket_count = next + (uint32_t)is_open;
    return trie;
}

void cairn_trie_free(cairn_trie *trie) { free(trie); }

uint32_t cairn_trie_bucket_count(const cairn_trie *trie) { return trie->bucket_count; }
