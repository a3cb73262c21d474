// The order of numbers: who is above whom, for two groups of them or for pairs.
//
// Numbers become integers in the same order. A sample says how many there are where; from it a trie
// cuts the range into buckets that fit into the cache, which are filled, sorted and summed up one by
// one, by as many threads as there are. Sums are of whole numbers or by bucket, so that no result
// depends on which thread did what. −0 is 0.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The least and the largest number's integers, widened from `*least` and `*most`; `*bad` for a NaN.
void cairn_extent_f32(const float *x, size_t count, uint64_t *least, uint64_t *most, int *bad);
void cairn_extent_f64(const double *x, size_t count, uint64_t *least, uint64_t *most, int *bad);

// The integers of numbers, which are in the numbers' order.
void cairn_integers_f64(const double *x, size_t count, uint64_t *integers);

// The number that an integer stands for.
double cairn_number_f32(uint64_t integer);
double cairn_number_f64(uint64_t integer);

// The keys of every so-many-th number from `first` on; how many.
size_t cairn_sample_f32(const float *x, size_t count, size_t first, size_t step, uint64_t least,
                        uint64_t *keys);
size_t cairn_sample_f64(const double *x, size_t count, size_t first, size_t step, uint64_t least,
                        uint64_t *keys);

// Which bucket a key is in. NULL without memory, as all that is made here.
typedef struct cairn_trie cairn_trie;

// Buckets of about `target` among `count` numbers, of which a sample is given.
cairn_trie *cairn_trie_new(uint64_t least, uint64_t most, const uint64_t *sample,
                           size_t sample_count, size_t count, size_t target);
void cairn_trie_free(cairn_trie *trie);
uint32_t cairn_trie_bucket_count(const cairn_trie *trie);

// MARK: Buckets

// The entries that one thread put into buckets.
typedef struct cairn_partition cairn_partition;

// With room for so many entries of so many bytes.
cairn_partition *cairn_partition_new(const cairn_trie *trie, size_t entry_count,
                                     size_t entry_byte_count);
void cairn_partition_free(cairn_partition *partition);
// No more entries come: from here on buckets can be counted and taken out. 0, or -1 without memory.
int cairn_partition_finish(cairn_partition *partition);
// Adds the entries of a bucket, and the ones among them.
void cairn_partition_count(const cairn_partition *partition, uint32_t bucket, uint64_t *count,
                           uint64_t *ones);
// Copies a bucket's entries out; how many.
size_t cairn_partition_gather(const cairn_partition *partition, uint32_t bucket, void *out);

// MARK: Single places

// Adds how many numbers each bucket has, and gives the integers of those in wanted ones, how many;
// `integers` has room for `count`.
void cairn_count_buckets_f32(const float *x, size_t count, const cairn_trie *trie,
                             uint32_t *counts);
void cairn_count_buckets_f64(const double *x, size_t count, const cairn_trie *trie,
                             uint32_t *counts);
size_t cairn_collect_f32(const float *x, size_t count, const cairn_trie *trie,
                         const uint8_t *is_wanted, uint64_t *integers);
size_t cairn_collect_f64(const double *x, size_t count, const cairn_trie *trie,
                         const uint8_t *is_wanted, uint64_t *integers);

// The same with bins of equal width: (x − low) · scale + 1 cut off, 0 for all below, bin_count − 1, at
// most 65,535, for all above. Says which each number is in; `*bad` for a NaN.
void cairn_count_bins_f32(const float *x, size_t count, double low, double scale,
                          uint32_t bin_count, uint16_t *bins, uint32_t *counts, int *bad);
void cairn_count_bins_f64(const double *x, size_t count, double low, double scale,
                          uint32_t bin_count, uint16_t *bins, uint32_t *counts, int *bad);
size_t cairn_collect_bins_f32(const float *x, const uint16_t *bins, size_t count,
                              const uint8_t *is_wanted, uint64_t *integers);
size_t cairn_collect_bins_f64(const double *x, const uint16_t *bins, size_t count,
                              const uint8_t *is_wanted, uint64_t *integers);

// Ascending; `spare` holds as many.
void cairn_sort_u64(uint64_t *integers, size_t count, uint64_t *spare);

// MARK: Pairs

typedef struct {
    uint64_t key;
    uint64_t other;
} cairn_pair;

// By key; equal ones in any order. `spare` holds as many.
void cairn_sort_pairs(cairn_pair *pairs, size_t count, cairn_pair *spare);

// Puts each pair into the bucket of its x: the key of x, and that of y over `least_y`.
void cairn_scatter_pairs(const double *x, const double *y, size_t count, const cairn_trie *trie,
                         uint64_t least_y, cairn_partition *partition);

// A whole number of 128 bits.
typedef struct {
    uint64_t low;
    uint64_t high;
} cairn_wide;

// Sorts a bucket of pairs by key, gives each twice its midrank, `below` entries being in lower
// buckets, and puts the other keys with those ranks into buckets of their own. Returns Σ t³ − t over
// groups of equal keys. `spare` holds as many pairs.
cairn_wide cairn_rank_pairs(cairn_pair *pairs, size_t count, cairn_pair *spare, uint64_t below,
                            const cairn_trie *trie, cairn_partition *partition);

// What two columns of ranks have in common, of one bucket of the second.
typedef struct {
    cairn_wide ties;     // Σ t³ − t over groups of equal keys
    cairn_wide products; // Σ (2 rank x − all − 1)(2 rank y − all − 1), signed
    uint64_t tied;       // pairs of examples with equal keys
    uint64_t tied_both;  // and with equal ranks as well
} cairn_rank_products;

// Sorts a bucket by key, where keys are equal by rank, and sums up. `ranks`, where it is not NULL,
// takes the ranks in that order.
cairn_rank_products cairn_sum_ranks(cairn_pair *pairs, size_t count, cairn_pair *spare,
                                    uint64_t below, uint64_t all, uint32_t *ranks);

// How many pairs of places have the larger rank first. Sorts; `spare` holds as many.
uint64_t cairn_inversions(uint32_t *ranks, size_t count, uint32_t *spare);

// MARK: Two groups

// Puts each number into its bucket: its key without the highest bit of all, then its group. `groups`
// has 0 or 1 for each number, every so many bytes; NULL is `group` for all.
void cairn_scatter_f32(const float *x, const uint8_t *groups, size_t group_stride, uint8_t group,
                       size_t count, const cairn_trie *trie, cairn_partition *partition);
void cairn_scatter_f64(const double *x, const uint8_t *groups, size_t group_stride, uint8_t group,
                       size_t count, const cairn_trie *trie, cairn_partition *partition);

// One point of the curve: how many of each group are at or above a number.
typedef struct {
    uint64_t integer;
    uint64_t ones;
    uint64_t zeros;
} cairn_rank_point;

// What is wanted of a bucket, and what is known: how many of each group there are in all.
typedef struct {
    uint64_t ones;
    uint64_t zeros;
    int gaps;             // gap_most, gap_least, tie_term
    int curve;            // precisions, trapezoids, best_f1
    uint64_t point_steps; // points where the share of a group passes k/point_steps; 0 for none
} cairn_rank_wanted;

typedef struct {
    uint64_t twice_pairs; // 2 · pairs with a one above a zero, ties counting 1
    int64_t gap_most;     // the largest of ones·all zeros − zeros·all ones, counted from above
    int64_t gap_least;
    double tie_term;      // Σ t³ − t over groups of equal numbers
    double precisions;    // Σ Δones · ones/(ones + zeros)
    double trapezoids;    // the same with the mean of that quotient and the one before
    double best_f1;       // the largest 2·ones/(all ones + ones + zeros), −1 in an empty bucket
    uint64_t best;        // the integer of the highest number that reaches it
    size_t point_count;
} cairn_rank_part;

// Sorts a bucket and sums it up, from the highest number down. `ones_above` and `zeros_above` are
// those of higher buckets. `spare` holds as many entries or more, `points` 2 · point_steps + 1.
void cairn_rank_bucket_u32(uint32_t *entries, size_t count, uint32_t *spare,
                           size_t spare_byte_count, const cairn_trie *trie, uint32_t bucket,
                           uint64_t ones_above, uint64_t zeros_above,
                           const cairn_rank_wanted *wanted, cairn_rank_part *part,
                           cairn_rank_point *points);
void cairn_rank_bucket_u64(uint64_t *entries, size_t count, uint64_t *spare,
                           size_t spare_byte_count, const cairn_trie *trie, uint32_t bucket,
                           uint64_t ones_above, uint64_t zeros_above,
                           const cairn_rank_wanted *wanted, cairn_rank_part *part,
                           cairn_rank_point *points);
