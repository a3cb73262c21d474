// What metrics and tests do element by element: counts, sums, order.
//
// Pure: columns in, numbers out, no state but the level in use. Every level gives the same bits:
// lanes are 8 or 16 whatever the registers hold, nothing is fused or reordered, and logarithms are
// our own. Columns need no alignment. Where an input is not what it must be, `*bad` becomes 1 and
// the result is anything.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Which instructions are used; a higher level than the processor has is lowered.
typedef enum {
    CAIRN_METRICS_BASELINE = 0,
    CAIRN_METRICS_AVX2 = 1,
    CAIRN_METRICS_AVX512 = 2,
} cairn_metrics_level;

cairn_metrics_level cairn_metrics_best_level(void);
// For tests; the best level is used until this is called. Any thread.
void cairn_metrics_use_level(cairn_metrics_level level);

// Memory for one computation, in pages as large as the system has; NULL without memory. What is given
// back is kept for the next one, up to 512 MiB, until the system needs it. Any thread.
void *cairn_metrics_scratch(size_t byte_count);
void cairn_metrics_scratch_free(void *scratch);

// MARK: Functions of one number, with the same bits on every processor

double cairn_log(double x);
double cairn_log1p(double x);
double cairn_log2(double x);
double cairn_exp(double x);

// MARK: Classes

uint64_t cairn_matches_u8(const uint8_t *a, const uint8_t *b, size_t count);
uint64_t cairn_matches_i32(const int32_t *a, const int32_t *b, size_t count);

// Adds to `cells`, class_count × class_count, rows of truth; classes are below class_count.
void cairn_confusion_u8(const uint8_t *truth, const uint8_t *predicted, size_t count,
                        uint32_t class_count, uint32_t *cells, int *bad);
void cairn_confusion_i32(const int32_t *truth, const int32_t *predicted, size_t count,
                         uint32_t class_count, uint32_t *cells, int *bad);

// MARK: Probabilities of a positive class; truths are 0 or 1

// −Σ log of what the truth was given, clipped to [ε, 1−ε] of the type.
double cairn_log_loss_f32_u8(const float *p, const uint8_t *truth, size_t count, int *bad);
double cairn_log_loss_f32_i32(const float *p, const int32_t *truth, size_t count, int *bad);
double cairn_log_loss_f64_u8(const double *p, const uint8_t *truth, size_t count, int *bad);
double cairn_log_loss_f64_i32(const double *p, const int32_t *truth, size_t count, int *bad);

// The terms of that sum.
void cairn_log_losses_f32_u8(const float *p, const uint8_t *truth, size_t count, double *losses,
                             int *bad);
void cairn_log_losses_f32_i32(const float *p, const int32_t *truth, size_t count, double *losses,
                              int *bad);
void cairn_log_losses_f64_u8(const double *p, const uint8_t *truth, size_t count, double *losses,
                             int *bad);
void cairn_log_losses_f64_i32(const double *p, const int32_t *truth, size_t count, double *losses,
                              int *bad);

// Σ (p − truth)².
double cairn_brier_f32_u8(const float *p, const uint8_t *truth, size_t count, int *bad);
double cairn_brier_f32_i32(const float *p, const int32_t *truth, size_t count, int *bad);
double cairn_brier_f64_u8(const double *p, const uint8_t *truth, size_t count, int *bad);
double cairn_brier_f64_i32(const double *p, const int32_t *truth, size_t count, int *bad);

// One bin of a calibration: Σ p in steps of 2⁻⁴⁶, and how many, the true ones in the lower half.
typedef struct {
    uint64_t confidence;
    uint64_t counts;
} cairn_bin;

// Adds to `bins` at most 65,536 examples. The bin is the largest k with k/B <= p; 1 is in the last.
void cairn_calibrate_f32_u8(const float *p, const uint8_t *truth, size_t count, uint32_t bin_count,
                            cairn_bin *bins, int *bad);
void cairn_calibrate_f32_i32(const float *p, const int32_t *truth, size_t count,
                             uint32_t bin_count, cairn_bin *bins, int *bad);
void cairn_calibrate_f64_u8(const double *p, const uint8_t *truth, size_t count,
                            uint32_t bin_count, cairn_bin *bins, int *bad);
void cairn_calibrate_f64_i32(const double *p, const int32_t *truth, size_t count,
                             uint32_t bin_count, cairn_bin *bins, int *bad);

// MARK: Rows of scores, one for each of `width` classes; truths are classes

// −Σ log of what each truth was given, clipped to [ε, 1−ε] of the type.
double cairn_log_loss_rows_f32(const float *rows, const int32_t *truth, size_t count,
                               uint32_t width, int *bad);
double cairn_log_loss_rows_f64(const double *rows, const int32_t *truth, size_t count,
                               uint32_t width, int *bad);

// What there is to know of each row; NULL for what is not asked for.
typedef struct {
    double *given;   // the score of the truth
    double *largest;
    int32_t *top;    // the first class with the largest score
    int32_t *ahead;  // classes that come before the truth, the higher first among equals
    double *squares; // Σ (score − 1 or 0)² over classes
} cairn_row_facts;

// Scores are probabilities, or any numbers. `truth` may be NULL where only the largest is asked for.
// `scratch` holds 64 × `width` scores.
void cairn_row_facts_f32(const float *rows, const int32_t *truth, size_t count, uint32_t width,
                         int are_probabilities, float *scratch, const cairn_row_facts *facts,
                         int *bad);
void cairn_row_facts_f64(const double *rows, const int32_t *truth, size_t count, uint32_t width,
                         int are_probabilities, double *scratch, const cairn_row_facts *facts,
                         int *bad);

// The first class with the largest score of each row of probabilities. `bad` where one is none, or where
// a row's sum, taken in the order of classes, is further from 1 than `tolerance`.
void cairn_row_tops_f32(const float *rows, size_t count, uint32_t width, double tolerance,
                        float *scratch, int32_t *tops, int *bad);
void cairn_row_tops_f64(const double *rows, size_t count, uint32_t width, double tolerance,
                        double *scratch, int32_t *tops, int *bad);

// −log of the softmax of each row at its target, and 1 where the target is the first of the largest.
// Targets of −100 give 0 and 0. The largest logit of a row is finite.
void cairn_logit_losses_f32(const float *rows, const int32_t *targets, size_t count,
                            uint32_t width, double *losses, uint8_t *hits, int *bad);
void cairn_logit_losses_f64(const double *rows, const int32_t *targets, size_t count,
                            uint32_t width, double *losses, uint8_t *hits, int *bad);

// MARK: Numbers

// Σ w·x and Σ w of weights from 0 up, NULL for one each; what weighs 0 counts nothing.
void cairn_weighted_sum(const double *x, const double *weights, size_t count, double *sum,
                        double *weight, int *bad);

// The mean as the distance to a value near it, and Σ (x − mean)².
typedef struct {
    double origin;
    double offset;
    double squares;
} cairn_moments;

// Of finite numbers; `*bad` for others.
cairn_moments cairn_moments_f64(const double *x, size_t count, int *bad);
cairn_moments cairn_moments_f32(const float *x, size_t count, int *bad);

// Of truth, prediction and error (prediction less truth).
typedef struct {
    cairn_moments truth;
    cairn_moments predicted;
    cairn_moments error;
    double products;        // Σ (t − mean t)(p − mean p)
    double absolute_errors; // Σ |p − t|
    double squared_errors;  // Σ (p − t)²
    double largest_error;
} cairn_pair_moments;

cairn_pair_moments cairn_pair_moments_f64(const double *truth, const double *predicted,
                                          size_t count, int *bad);

// Σ of log-probabilities, each at most 0.
double cairn_log_probabilities_f32(const float *x, size_t count, int *bad);
double cairn_log_probabilities_f64(const double *x, size_t count, int *bad);

// Adds to `above[k]` how many numbers are above `edges[k]`; `*bad` for a NaN.
void cairn_count_above_f64(const double *x, size_t count, const double *edges, size_t edge_count,
                           uint64_t *above, int *bad);

// MARK: Texts

// Where each word begins and where it ends, in turn; how many such places. Words are what is between
// white space as Python has it. SIZE_MAX where a byte is not ASCII. 64 bytes of white space follow
// the text; `edges` has room for `count` + 9.
size_t cairn_word_edges(const uint8_t *text, size_t count, uint32_t *edges);

// MARK: Resampling; random bits follow from a key and nothing else

// The bits that a key has at a place: SplitMix64's.
uint64_t cairn_random(uint64_t key, uint64_t place);

// How often something with probability p happens in n tries. Draws from `*place` of `key` on.
uint64_t cairn_binomial(uint64_t n, double p, uint64_t key, uint64_t *place);

// The sum of `count` numbers drawn with replacement from all `count`; `count` below 2⁴⁸.
double cairn_resampled_sum(const double *x, size_t count, uint64_t key);

// MARK: Waiting

// One step of waiting for another thread: the processor may do other things meanwhile.
static inline void cairn_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
