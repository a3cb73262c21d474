// The kernels that differ by level, as X(result, name, parameters, arguments).
#pragma once
#include "cairn_metrics.h"
#include "cairn_ranks.h"

#define OF_LABELS(X, LABEL, TYPE)                                                                  \
    X(uint64_t, matches_##LABEL, (const TYPE *a, const TYPE *b, size_t count), (a, b, count))      \
    X(void, confusion_##LABEL,                                                                     \
      (const TYPE *truth, const TYPE *predicted, size_t count, uint32_t class_count,               \
       uint32_t *cells, int *bad),                                                                 \
      (truth, predicted, count, class_count, cells, bad))

#define OF_SCORES_AND_LABELS(X, SCORE, TYPE, LABEL, LABEL_TYPE)                                    \
    X(double, log_loss_##SCORE##_##LABEL,                                                          \
      (const TYPE *p, const LABEL_TYPE *truth, size_t count, int *bad), (p, truth, count, bad))    \
    X(void, log_losses_##SCORE##_##LABEL,                                                          \
      (const TYPE *p, const LABEL_TYPE *truth, size_t count, double *losses, int *bad),            \
      (p, truth, count, losses, bad))                                                              \
    X(double, brier_##SCORE##_##LABEL,                                                             \
      (const TYPE *p, const LABEL_TYPE *truth, size_t count, int *bad), (p, truth, count, bad))    \
    X(void, calibrate_##SCORE##_##LABEL,                                                           \
      (const TYPE *p, const LABEL_TYPE *truth, size_t count, uint32_t bin_count, cairn_bin *bins,  \
       int *bad),                                                                                  \
      (p, truth, count, bin_count, bins, bad))

#define OF_SCORES(X, SCORE, TYPE)                                                                  \
    OF_SCORES_AND_LABELS(X, SCORE, TYPE, u8, uint8_t)                                              \
    OF_SCORES_AND_LABELS(X, SCORE, TYPE, i32, int32_t)                                             \
    X(double, log_loss_rows_##SCORE,                                                               \
      (const TYPE *rows, const int32_t *truth, size_t count, uint32_t width, int *bad),            \
      (rows, truth, count, width, bad))                                                            \
    X(void, row_facts_##SCORE,                                                                     \
      (const TYPE *rows, const int32_t *truth, size_t count, uint32_t width,                       \
       int are_probabilities, TYPE *scratch, const cairn_row_facts *facts, int *bad),              \
      (rows, truth, count, width, are_probabilities, scratch, facts, bad))                         \
    X(void, row_tops_##SCORE,                                                                      \
      (const TYPE *rows, size_t count, uint32_t width, double tolerance, TYPE *scratch,            \
       int32_t *tops, int *bad),                                                                   \
      (rows, count, width, tolerance, scratch, tops, bad))                                         \
    X(void, logit_losses_##SCORE,                                                                  \
      (const TYPE *rows, const int32_t *targets, size_t count, uint32_t width, double *losses,     \
       uint8_t *hits, int *bad),                                                                   \
      (rows, targets, count, width, losses, hits, bad))                                            \
    X(cairn_moments, moments_##SCORE, (const TYPE *x, size_t count, int *bad), (x, count, bad))    \
    X(double, log_probabilities_##SCORE, (const TYPE *x, size_t count, int *bad), (x, count, bad))

#define OF_KEYS(X, SCORE, TYPE, KEY, KEY_TYPE)                                                     \
    X(void, extent_##SCORE,                                                                        \
      (const TYPE *x, size_t count, uint64_t *least, uint64_t *most, int *bad),                    \
      (x, count, least, most, bad))                                                                \
    X(size_t, sample_##SCORE,                                                                      \
      (const TYPE *x, size_t count, size_t first, size_t step, uint64_t least, uint64_t *keys),    \
      (x, count, first, step, least, keys))                                                        \
    X(void, scatter_##SCORE,                                                                       \
      (const TYPE *x, const uint8_t *groups, size_t group_stride, uint8_t group, size_t count,     \
       const cairn_trie *trie, cairn_partition *partition),                                        \
      (x, groups, group_stride, group, count, trie, partition))                                                  \
    X(void, count_buckets_##SCORE,                                                                 \
      (const TYPE *x, size_t count, const cairn_trie *trie, uint32_t *counts),                     \
      (x, count, trie, counts))                                                                    \
    X(size_t, collect_##SCORE,                                                                     \
      (const TYPE *x, size_t count, const cairn_trie *trie, const uint8_t *is_wanted,              \
       uint64_t *integers),                                                                        \
      (x, count, trie, is_wanted, integers))                                                       \
    X(void, count_bins_##SCORE,                                                                    \
      (const TYPE *x, size_t count, double low, double scale, uint32_t bin_count, uint16_t *bins,  \
       uint32_t *counts, int *bad),                                                                \
      (x, count, low, scale, bin_count, bins, counts, bad))                                        \
    X(size_t, collect_bins_##SCORE,                                                                \
      (const TYPE *x, const uint16_t *bins, size_t count, const uint8_t *is_wanted,                \
       uint64_t *integers),                                                                        \
      (x, bins, count, is_wanted, integers))                                                       \
    X(void, rank_bucket_##KEY,                                                                     \
      (KEY_TYPE * entries, size_t count, KEY_TYPE *spare, size_t spare_byte_count,                 \
       const cairn_trie *trie, uint32_t bucket, uint64_t ones_above, uint64_t zeros_above,         \
       const cairn_rank_wanted *wanted, cairn_rank_part *part, cairn_rank_point *points),          \
      (entries, count, spare, spare_byte_count, trie, bucket, ones_above, zeros_above, wanted,     \
       part, points))

#define KERNELS(X)                                                                                 \
    OF_LABELS(X, u8, uint8_t)                                                                      \
    OF_LABELS(X, i32, int32_t)                                                                     \
    OF_SCORES(X, f32, float)                                                                       \
    OF_SCORES(X, f64, double)                                                                      \
    OF_KEYS(X, f32, float, u32, uint32_t)                                                          \
    OF_KEYS(X, f64, double, u64, uint64_t)                                                         \
    X(void, sort_u64, (uint64_t * integers, size_t count, uint64_t *spare),                        \
      (integers, count, spare))                                                                    \
    X(void, sort_pairs, (cairn_pair * pairs, size_t count, cairn_pair *spare),                     \
      (pairs, count, spare))                                                                       \
    X(void, integers_f64, (const double *x, size_t count, uint64_t *integers),                     \
      (x, count, integers))                                                                        \
    X(void, count_above_f64,                                                                       \
      (const double *x, size_t count, const double *edges, size_t edge_count, uint64_t *above,     \
       int *bad),                                                                                  \
      (x, count, edges, edge_count, above, bad))                                                   \
    X(void, scatter_pairs,                                                                         \
      (const double *x, const double *y, size_t count, const cairn_trie *trie, uint64_t least_y,   \
       cairn_partition *partition),                                                                \
      (x, y, count, trie, least_y, partition))                                                     \
    X(cairn_wide, rank_pairs,                                                                      \
      (cairn_pair * pairs, size_t count, cairn_pair *spare, uint64_t below,                        \
       const cairn_trie *trie, cairn_partition *partition),                                        \
      (pairs, count, spare, below, trie, partition))                                               \
    X(cairn_rank_products, sum_ranks,                                                              \
      (cairn_pair * pairs, size_t count, cairn_pair *spare, uint64_t below, uint64_t all,          \
       uint32_t *ranks),                                                                           \
      (pairs, count, spare, below, all, ranks))                                                    \
    X(void, weighted_sum,                                                                          \
      (const double *x, const double *weights, size_t count, double *sum, double *weight,          \
       int *bad),                                                                                  \
      (x, weights, count, sum, weight, bad))                                                       \
    X(cairn_pair_moments, pair_moments_f64,                                                        \
      (const double *truth, const double *predicted, size_t count, int *bad),                      \
      (truth, predicted, count, bad))                                                              \
    X(size_t, word_edges, (const uint8_t *text, size_t count, uint32_t *edges),                    \
      (text, count, edges))

#define AS_MEMBER(RESULT, NAME, PARAMETERS, ARGUMENTS) RESULT(*NAME) PARAMETERS;
typedef struct {
    KERNELS(AS_MEMBER)
} kernels;

extern const kernels kernels_baseline;
extern const kernels kernels_avx2;
extern const kernels kernels_avx512;
