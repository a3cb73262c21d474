#include "cairn_metrics.h"

#pragma STDC FP_CONTRACT OFF

enum { BLOCK = 4096 };

// SplitMix64. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
uint64_t cairn_random(uint64_t key, uint64_t place) {
    uint64_t z = key + (place + 1) * 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

// In (0, 1), in steps of 2⁻⁵³ from half a step on.
static double unit(uint64_t key, uint64_t *place) {
    return ((double)(cairn_random(key, (*place)++) >> 11) + 0.5) * 0x1p-53;
}

static double root(double x) { return __builtin_sqrt(x); }

// log k! by Stirling's series; small ones are exact products.
static double log_factorial(double k) {
    if (k < 16) {
        double product = 1;
        for (double i = 2; i <= k; i++) product *= i;
        return cairn_log(product);
    }
    const double inverse = 1 / (k + 1), square = inverse * inverse;
    const double series =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    // log Γ(k + 1), with ½ log 2π.
    return (k + 0.5) * cairn_log(k + 1) - (k + 1) + 0.91893853320467274178 + series;
}

// Few successes: one after the other, by the probabilities of 0, 1, 2, …
static uint64_t few(uint64_t n, double p, uint64_t key, uint64_t *place) {
    const double odds = p / (1 - p);
    double probability = cairn_exp((double)n * cairn_log1p(-p)), left = unit(key, place);
    uint64_t k = 0;
    while (left > probability && k < n) {
        left -= probability;
        k++;
        probability *= odds * (double)(n - k + 1) / (double)k;
    }
    return k;
}

// By transformed rejection. Source: Hörmann, "The generation of binomial random variates", 1993,
// algorithm BTRS.
static uint64_t many(uint64_t count, double p, uint64_t key, uint64_t *place) {
    const double n = (double)count, q = 1 - p, deviation = root(n * p * q);
    const double b = 1.15 + 2.53 * deviation, a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double center = n * p + 0.5, alpha = (2.83 + 5.1 / b) * deviation;
    const double accepted = 0.92 - 4.2 / b, mode = __builtin_floor((n + 1) * p);
    const double log_odds = cairn_log(p / q);
    const double height = log_factorial(mode) + log_factorial(n - mode);
    for (;;) {
        const double u = unit(key, place) - 0.5, v = unit(key, place);
        const double near = 0.5 - (u < 0 ? -u : u);
        const double k = __builtin_floor((2 * a / near + b) * u + center);
        if (near >= 0.07 && v <= accepted) return (uint64_t)k;
        if (k < 0 || k > n) continue;
        const double bound =
            height - log_factorial(k) - log_factorial(n - k) + (k - mode) * log_odds;
        if (cairn_log(v * alpha / (a / (near * near) + b)) <= bound) return (uint64_t)k;
    }
}

uint64_t cairn_binomial(uint64_t n, double p, uint64_t key, uint64_t *place) {
    if (!n || !(p > 0)) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - cairn_binomial(n, 1 - p, key, place);
    return (double)n * p < 10 ? few(n, p, key, place) : many(n, p, key, place);
}

// Of a block of numbers, which the first-level cache holds. Of 4,096 each five draws come from one word: twelve bits are a place.
static double sum_drawn(const double *x, size_t count, uint64_t draws, uint64_t key) {
    double s[5] = {0};
    uint64_t place = 0, drawn = 0;
    if (count == BLOCK) {
        for (; drawn + 5 <= draws; drawn += 5) {
            const uint64_t bits = cairn_random(key, place++);
            s[0] += x[bits & 4095];
            s[1] += x[bits >> 12 & 4095];
            s[2] += x[bits >> 24 & 4095];
            s[3] += x[bits >> 36 & 4095];
            s[4] += x[bits >> 48 & 4095];
        }
    }
    // A word times the count, over 2⁶⁴: uneven only by count/2⁶⁴.
    for (; drawn < draws; drawn++) {
        const uint64_t bits = cairn_random(key, place++);
        s[drawn % 5] += x[(unsigned __int128)bits * count >> 64];
    }
    return ((s[0] + s[1]) + (s[2] + s[3])) + s[4];
}

// How many draws fall into each block is a binomial of those that are left; then they are drawn there.
double cairn_resampled_sum(const double *x, size_t count, uint64_t key) {
    double total = 0, lost = 0;
    uint64_t left = count, place = 0;
    for (size_t start = 0; start < count; start += BLOCK) {
        const size_t rest = count - start, own = rest < BLOCK ? rest : BLOCK;
        const uint64_t draws =
            own == rest ? left : cairn_binomial(left, (double)own / (double)rest, key, &place);
        left -= draws;
        // Keys of blocks are far from each other, and from that of the counts.
        const uint64_t block_key = cairn_random(~key, start / BLOCK);
        const double part = sum_drawn(x + start, own, draws, block_key);
        const double next = total + part;
        lost += __builtin_fabs(total) >= __builtin_fabs(part) ? (total - next) + part
                                                              : (part - next) + total;
        total = next;
    }
    return total + lost;
}
