// One number at a time, by the steps that vectors take.
#include "cairn_metrics.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"
#include "logarithm.h"

double cairn_log(double x) {
    if (x == 0) return -__builtin_inf();
    if (!(x > 0)) return __builtin_nan("");
    if (x == __builtin_inf()) return x;
    // Below the normal range the exponent is not in the bits.
    if (x < 0x1p-1022) return log_normal(splat(x * 0x1p54))[0] - 54 * (LN2_HIGH + LN2_LOW);
    return log_normal(splat(x))[0];
}

double cairn_log1p(double x) {
    if (!(x > -0.25 && x < 0.25)) {
        const double u = 1 + x;
        if (!(u > 0) || u == __builtin_inf()) return cairn_log(u);
        // What 1 + x lost.
        const double lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
        return cairn_log(u) + lost / u;
    }
    // log_reduced with f = x, which 1 + x would have rounded.
    const double s = x / (2 + x), z = s * s;
    const double q =
        z * (0x1.5555555555592p-1 +
             z * (0x1.999999997fddfp-2 +
                  z * (0x1.24924941ef4efp-2 +
                       z * (0x1.c71c520aab38ep-3 +
                            z * (0x1.74663eaad0951p-3 +
                                 z * (0x1.39a1c06703162p-3 + z * 0x1.2f052e5a574b3p-3))))));
    return x - s * (x - q);
}

double cairn_log2(double x) {
    // Powers of two are exact: their mantissa's logarithm is 0.
    int exponent = 0;
    if (!(x > 0) || x == __builtin_inf()) return cairn_log(x);
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        exponent = -54;
    }
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits -= ROOT_HALF_BITS;
    const int64_t k = bits >> 52;
    const int64_t reduced = (bits & MANTISSA) + ROOT_HALF_BITS;
    double m;
    memcpy(&m, &reduced, sizeof m);
    const double log_m = log_reduced(splat(m), splat(0))[0];
    return (double)(k + exponent) + (log_m * 0x1.71547p+0 + log_m * 0x1.94ae0bf85ddf4p-22);
}

double cairn_exp(double x) {
    if (x <= 0) return exp_down(splat(x))[0];
    if (!(x < 709.782712893384)) return x > 0 ? __builtin_inf() : x;
    // e^x = e^(x − k ln 2) · 2^k, the first factor from 1/2 to 1.
    const int64_t k = (int64_t)(x * 0x1.71547652b82fep+0) + 1;
    const double reduced = (x - (double)k * LN2_HIGH) - (double)k * LN2_LOW;
    int64_t bits = (k - 1 + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return exp_down(splat(reduced))[0] * power * 2;
}
