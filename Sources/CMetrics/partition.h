// Tries and partitions from inside: which bucket a key is in, and where its entry goes.
#pragma once
#include "cairn_ranks.h"

enum { TRIE_BITS = 11, CHUNK = 512 };

// The bucket of a key is base[p] + (key >> down[p]), p its upper bits.
struct cairn_trie {
    uint32_t base[1 << TRIE_BITS];
    uint8_t down[1 << TRIE_BITS];
    uint8_t shift;         // what leaves the upper bits
    uint8_t key_bits;      // of the largest key
    uint32_t bucket_count;
    uint32_t upper_bucket; // the first bucket of keys with the highest of those bits
    uint64_t least;        // what is subtracted from each number's integer
};

// Entries are in chunks that are taken as they are needed: how many a bucket gets, nobody knows.
struct cairn_partition {
    void *entries;        // CHUNK of them in each chunk
    size_t entry_byte_count;
    uint32_t *owners;     // of each chunk its bucket
    uint64_t *next;       // of each bucket the place of its next entry, in the upper half its ones
    uint32_t chunk_count; // chunks in use
    uint32_t bucket_count;
    uint32_t *chunks;     // bucket by bucket, in the order of taking; once finished
    uint32_t *starts;     // where those of each bucket begin, and the end
};

static inline __attribute__((always_inline)) uint32_t
take_place(struct cairn_partition *partition, uint32_t bucket, uint64_t ones) {
    const uint64_t next = partition->next[bucket];
    const uint64_t moved = next + 1 + (ones << 32);
    if (__builtin_expect((moved & (CHUNK - 1)) == 0, 0)) {
        const uint32_t chunk = partition->chunk_count++;
        partition->owners[chunk] = bucket;
        partition->next[bucket] = moved >> 32 << 32 | (uint64_t)chunk * CHUNK;
    } else {
        partition->next[bucket] = moved;
    }
    return (uint32_t)next;
}

// A bucket's next line is on its way into the cache before the first entry is written there: with
// thousands of buckets each comes from memory. A place behind the end is not touched.
static inline __attribute__((always_inline)) void fetch_next_line(const void *entry) {
    __builtin_prefetch((const char *)entry + 64, 1);
}
