#include "partition.h"

#include <stdlib.h>
#include <string.h>

#include "cairn_metrics.h"

cairn_partition *cairn_partition_new(const cairn_trie *trie, size_t entry_count,
                                     size_t entry_byte_count) {
    const uint32_t bucket_count = trie->bucket_count;
    const size_t chunk_max = entry_count / CHUNK + bucket_count;
    cairn_partition *partition = calloc(1, sizeof *partition);
    if (!partition) return NULL;
    partition->entry_byte_count = entry_byte_count;
    partition->bucket_count = partition->chunk_count = bucket_count;
    partition->owners = malloc(chunk_max * sizeof *partition->owners);
    partition->next = malloc(bucket_count * sizeof *partition->next);
    partition->entries = cairn_metrics_scratch(chunk_max * CHUNK * entry_byte_count);
    if (!partition->owners || !partition->next || !partition->entries) {
        cairn_partition_free(partition);
        return NULL;
    }
    for (uint32_t b = 0; b < bucket_count; b++) {
        partition->owners[b] = b;
        partition->next[b] = (uint64_t)b * CHUNK;
    }
    return partition;
}

void cairn_partition_free(cairn_partition *partition) {
    if (!partition) return;
    cairn_metrics_scratch_free(partition->entries);
    free(partition->owners);
    free(partition->next);
    free(partition->chunks);
    free(partition->starts);
    free(partition);
}

int cairn_partition_finish(cairn_partition *partition) {
    const uint32_t bucket_count = partition->bucket_count;
    uint32_t *chunks = malloc(partition->chunk_count * sizeof *chunks);
    uint32_t *starts = calloc(bucket_count + 1, sizeof *starts);
    partition->chunks = chunks;
    partition->starts = starts;
    if (!chunks || !starts) return -1;
    for (uint32_t c = 0; c < partition->chunk_count; c++) starts[partition->owners[c] + 1]++;
    for (uint32_t b = 0; b < bucket_count; b++) starts[b + 1] += starts[b];
    // Each start moves to its end, which is the next one's start: then all move back by one.
    for (uint32_t c = 0; c < partition->chunk_count; c++) {
        chunks[starts[partition->owners[c]]++] = c;
    }
    memmove(starts + 1, starts, bucket_count * sizeof *starts);
    starts[0] = 0;
    return 0;
}

// In the chunk that is not full.
static size_t rest_of(const cairn_partition *partition, uint32_t bucket) {
    return partition->next[bucket] & (CHUNK - 1);
}

void cairn_partition_count(const cairn_partition *partition, uint32_t bucket, uint64_t *count,
                           uint64_t *ones) {
    const uint64_t full = partition->starts[bucket + 1] - partition->starts[bucket] - 1;
    *count += full * CHUNK + rest_of(partition, bucket);
    *ones += partition->next[bucket] >> 32;
}

size_t cairn_partition_gather(const cairn_partition *partition, uint32_t bucket, void *out) {
    const size_t entry_byte_count = partition->entry_byte_count;
    const size_t chunk_byte_count = CHUNK * entry_byte_count;
    const uint32_t end = partition->starts[bucket + 1];
    const char *entries = partition->entries;
    char *at = out;
    for (uint32_t i = partition->starts[bucket]; i < end; i++) {
        const size_t byte_count =
            i + 1 < end ? chunk_byte_count : rest_of(partition, bucket) * entry_byte_count;
        memcpy(at, entries + (size_t)partition->chunks[i] * chunk_byte_count, byte_count);
        at += byte_count;
    }
    return (size_t)(at - (char *)out) / entry_byte_count;
}
