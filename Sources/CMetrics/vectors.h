// Vectors of 64 bytes, whatever the registers hold, and the functions that all kernels share.
// Included once for each level.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef double f64x8 __attribute__((vector_size(64)));
typedef int64_t i64x8 __attribute__((vector_size(64)));
typedef uint64_t u64x8 __attribute__((vector_size(64)));
typedef uint64_t u64x2 __attribute__((vector_size(16)));
typedef float f32x16 __attribute__((vector_size(64)));
typedef float f32x8 __attribute__((vector_size(32)));
typedef int32_t i32x16 __attribute__((vector_size(64)));
typedef int32_t i32x8 __attribute__((vector_size(32)));
typedef uint32_t u32x16 __attribute__((vector_size(64)));
typedef uint32_t u32x8 __attribute__((vector_size(32)));
typedef uint8_t u8x64 __attribute__((vector_size(64)));
typedef int8_t i8x64 __attribute__((vector_size(64)));
typedef uint16_t u16x8 __attribute__((vector_size(16)));
typedef uint16_t u16x16 __attribute__((vector_size(32)));
typedef uint16_t u16x32 __attribute__((vector_size(64)));
typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef uint8_t u8x8 __attribute__((vector_size(8)));
typedef bool bits64 __attribute__((ext_vector_type(64)));

#define INLINE static inline __attribute__((always_inline))

// MARK: Loads; eight numbers as doubles, eight labels as 64-bit integers

INLINE f64x8 load_f64(const double *at) {
    f64x8 v;
    memcpy(&v, at, sizeof v);
    return v;
}

INLINE f64x8 load_f32(const float *at) {
    f32x8 v;
    memcpy(&v, at, sizeof v);
    return __builtin_convertvector(v, f64x8);
}

INLINE i64x8 load_u8(const uint8_t *at) {
    u8x8 v;
    memcpy(&v, at, sizeof v);
    return __builtin_convertvector(v, i64x8);
}

INLINE i64x8 load_i32(const int32_t *at) {
    i32x8 v;
    memcpy(&v, at, sizeof v);
    return __builtin_convertvector(v, i64x8);
}

typedef int32_t lane_f32;
typedef int64_t lane_f64;
typedef i32x16 labels_f32;
typedef i32x8 labels_f64;

// As doubles, one vector or two.
INLINE void widen_f32(f32x16 v, f64x8 out[2]) {
    f32x8 half[2];
    memcpy(half, &v, sizeof v);
    out[0] = __builtin_convertvector(half[0], f64x8);
    out[1] = __builtin_convertvector(half[1], f64x8);
}

INLINE void widen_f64(f64x8 v, f64x8 out[1]) { out[0] = v; }

// Masks and class numbers, as those of doubles and as 32-bit integers.
INLINE void masks_f32(i32x16 v, i64x8 out[2]) {
    i32x8 half[2];
    memcpy(half, &v, sizeof v);
    out[0] = __builtin_convertvector(half[0], i64x8);
    out[1] = __builtin_convertvector(half[1], i64x8);
}

INLINE void masks_f64(i64x8 v, i64x8 out[1]) { out[0] = v; }
INLINE i32x16 narrow_f32(i32x16 v) { return v; }
INLINE i32x8 narrow_f64(i64x8 v) { return __builtin_convertvector(v, i32x8); }

INLINE u64x8 load_u32(const uint32_t *at) {
    u32x8 v;
    memcpy(&v, at, sizeof v);
    return __builtin_convertvector(v, u64x8);
}

// The same place, which the compiler takes for another: it reads there what it would else cut out of a
// vector that it has, number by number.
INLINE const void *loaded_anew(const void *at) {
    __asm__("" : "+r"(at));
    return at;
}

INLINE void store_f64(double *at, f64x8 v) { memcpy(at, &v, sizeof v); }

// MARK: Lanes

INLINE f64x8 splat(double x) { return (f64x8){x, x, x, x, x, x, x, x}; }

INLINE f64x8 choose(i64x8 mask, f64x8 yes, f64x8 no) {
    return (f64x8)(((i64x8)yes & mask) | ((i64x8)no & ~mask));
}

INLINE f64x8 largest(f64x8 a, f64x8 b) { return choose(a > b, a, b); }
INLINE f64x8 smallest(f64x8 a, f64x8 b) { return choose(a < b, a, b); }
INLINE f64x8 magnitude(f64x8 a) { return (f64x8)((i64x8)a & INT64_MAX); }

INLINE double sum(f64x8 v) {
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

INLINE double largest_lane(f64x8 v) {
    double most = v[0];
    for (int i = 1; i < 8; i++) most = v[i] > most ? v[i] : most;
    return most;
}

INLINE int any(i64x8 mask) {
    return ((mask[0] | mask[1]) | (mask[2] | mask[3])) |
           ((mask[4] | mask[5]) | (mask[6] | mask[7]))
               ? 1
               : 0;
}

// Of numbers from 0 to 2³¹.
INLINE f64x8 whole_part(f64x8 a) {
    return __builtin_convertvector(__builtin_convertvector(a, i32x8), f64x8);
}

// The first `count` < 8 of a tail, `rest` behind them.
INLINE f64x8 tail_f64(const double *at, size_t count, double rest) {
    f64x8 v = splat(rest);
    memcpy(&v, at, count * sizeof *at);
    return v;
}

INLINE f64x8 tail_f32(const float *at, size_t count, double rest) {
    f64x8 v = splat(rest);
    for (size_t i = 0; i < count; i++) v[i] = at[i];
    return v;
}

INLINE i64x8 tail_u8(const uint8_t *at, size_t count) {
    i64x8 v = {0};
    for (size_t i = 0; i < count; i++) v[i] = at[i];
    return v;
}

INLINE i64x8 tail_i32(const int32_t *at, size_t count) {
    i64x8 v = {0};
    for (size_t i = 0; i < count; i++) v[i] = at[i];
    return v;
}

// MARK: Bins

// The largest k with k/bin_count <= p, for p from 0 to 1; 1 is in the last.
//
// A float times a bin count is exact in a double, and no float but k/bin_count itself lies between
// it and its nearest double. A double's product may be rounded to the other side of an edge: near
// one, the edges are compared.
INLINE i32x8 bin_of(f64x8 p, uint32_t bin_count, int is_float) {
    const int32_t last = (int32_t)bin_count - 1;
    const i32x8 most = {last, last, last, last, last, last, last, last};
    const f64x8 product = p * (double)bin_count;
    i32x8 bin = __builtin_elementwise_min(__builtin_convertvector(product, i32x8), most);
    if (!is_float) {
        const f64x8 near = magnitude(product - whole_part(product + 0.5));
        if (any(near < 1e-6)) {
            const f64x8 own = __builtin_convertvector(bin, f64x8);
            f64x8 right = own + choose((own + 1) / bin_count <= p, splat(1), splat(0));
            right -= choose(right / bin_count > p, splat(1), splat(0));
            right = smallest(right, splat(last));
            bin = __builtin_convertvector(right, i32x8);
        }
    }
    return bin;
}
