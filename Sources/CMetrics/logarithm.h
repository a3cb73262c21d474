// Logarithms and exponentials of eight numbers at once, within one unit in the last place or two.
// Their coefficients are our own: minimax by Remez' exchange, in 200 bits. Included once for each
// level.
#pragma once
#include "vectors.h"

#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define MANTISSA 0x000fffffffffffffLL
#define ONE_BITS 0x3ff0000000000000LL
// The bits of √½: mantissas are taken from √½ to √2, so that 1 is in the middle.
#define ROOT_HALF_BITS 0x3fe6a09e667f3bcdLL

// log(m) + k·ln 2 for m in [√½, √2].
//
// With s = f/(2+f), f = m − 1: log m = 2 atanh s = f − s·(f − 2(s²/3 + s⁴/5 + …)).
INLINE f64x8 log_reduced(f64x8 m, f64x8 k) {
    const f64x8 f = m - 1, s = f / (f + 2), z = s * s;
    f64x8 q = splat(0x1.2f052e5a574b3p-3);
    q = q * z + 0x1.39a1c06703162p-3;
    q = q * z + 0x1.74663eaad0951p-3;
    q = q * z + 0x1.c71c520aab38ep-3;
    q = q * z + 0x1.24924941ef4efp-2;
    q = q * z + 0x1.999999997fddfp-2;
    q = q * z + 0x1.5555555555592p-1;
    return k * LN2_HIGH - ((s * (f - q * z) - k * LN2_LOW) - f);
}

// Of positive normal numbers.
INLINE f64x8 log_normal(f64x8 x) {
    const i64x8 bits = (i64x8)x - ROOT_HALF_BITS;
    const i64x8 k = bits >> 52;
    const f64x8 m = (f64x8)((bits & MANTISSA) + ROOT_HALF_BITS);
    return log_reduced(m, __builtin_convertvector(k, f64x8));
}

// Of numbers up to 0; below −745 it is 0 at last.
INLINE f64x8 exp_down(f64x8 x) {
    const f64x8 least = splat(-746.0);
    x = largest(x, least);
    // Rounded to the nearest integer by what this adds.
    const f64x8 shift = splat(0x1.8p52);
    const f64x8 shifted = x * 0x1.71547652b82fep+0 + shift;
    const f64x8 k = shifted - shift;
    const f64x8 high = x - k * LN2_HIGH, low = k * LN2_LOW, r = high - low;
    f64x8 q = splat(0x1.1e3d2ae266068p-29);
    q = q * r + 0x1.af6be7daa33dep-26;
    q = q * r + 0x1.27e5b447b68e7p-22;
    q = q * r + 0x1.71ddf020d4be9p-19;
    q = q * r + 0x1.a01a01368ecf9p-16;
    q = q * r + 0x1.a01a01b37e34cp-13;
    q = q * r + 0x1.6c16c16c3048ep-10;
    q = q * r + 0x1.111111110ec5dp-7;
    q = q * r + 0x1.5555555555503p-5;
    q = q * r + 0x1.555555555555bp-3;
    q = q * r + 0.5;
    const f64x8 e = 1 + (high + (q * r * r - low));
    // In two steps, so that results below the normal range are rounded once.
    const i64x8 whole = __builtin_convertvector(k, i64x8);
    const i64x8 half = whole >> 1;
    return e * (f64x8)((half + 1023) << 52) * (f64x8)((whole - half + 1023) << 52);
}
