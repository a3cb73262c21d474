// Every kernel of one level. LEVEL is its name; what it may use is set around this file.
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#define NAME(name) JOIN(name, LEVEL)

#include "logarithm.h"
#include "partition.h"
#include "vectors.h"

#include "classes.h"
#include "moments.h"
#include "sums.h"
#include "words.h"

#define SCORE f32
#define KEY uint32_t
#define KEY_NAME u32
#define KEY_BITS 32
#define COUNT_ZEROS __builtin_clz
#define LANES 16
#define VECTOR f32x16
#define MASK i32x16
#define SCORE_TYPE float
#define EPSILON 0x1p-23
#define FACTORS 32
#define LABEL u8
#define LABEL_TYPE uint8_t
#include "scores.h"
#undef LABEL
#undef LABEL_TYPE
#define LABEL i32
#define LABEL_TYPE int32_t
#include "scores.h"
#undef LABEL
#undef LABEL_TYPE
#include "logits.h"
#include "keys.h"
#include "bins.h"
#include "buckets.h"
#include "rows.h"
#undef SCORE
#undef KEY
#undef KEY_NAME
#undef KEY_BITS
#undef COUNT_ZEROS
#undef LANES
#undef VECTOR
#undef MASK
#undef SCORE_TYPE
#undef EPSILON
#undef FACTORS

#define SCORE f64
#define KEY uint64_t
#define KEY_NAME u64
#define KEY_BITS 64
#define COUNT_ZEROS __builtin_clzll
#define LANES 8
#define VECTOR f64x8
#define MASK i64x8
#define SCORE_TYPE double
#define EPSILON 0x1p-52
#define FACTORS 16
#define LABEL u8
#define LABEL_TYPE uint8_t
#include "scores.h"
#undef LABEL
#undef LABEL_TYPE
#define LABEL i32
#define LABEL_TYPE int32_t
#include "scores.h"
#undef LABEL
#undef LABEL_TYPE
#include "logits.h"
#include "keys.h"
#include "bins.h"
#include "buckets.h"
#include "rows.h"
#undef SCORE
#undef KEY
#undef KEY_NAME
#undef KEY_BITS
#undef COUNT_ZEROS
#undef LANES
#undef VECTOR
#undef MASK
#undef SCORE_TYPE
#undef EPSILON
#undef FACTORS

#include "pairs.h"
