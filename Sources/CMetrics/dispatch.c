#include <stdatomic.h>

#include "kernels.h"

cairn_metrics_level cairn_metrics_best_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return CAIRN_METRICS_AVX512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
        return CAIRN_METRICS_AVX2;
    }
#endif
    return CAIRN_METRICS_BASELINE;
}

static _Atomic(const kernels *) in_use;

void cairn_metrics_use_level(cairn_metrics_level level) {
    const cairn_metrics_level best = cairn_metrics_best_level();
    const kernels *chosen = &kernels_baseline;
    if (level > best) level = best;
#if defined(__x86_64__)
    if (level == CAIRN_METRICS_AVX2) chosen = &kernels_avx2;
    if (level == CAIRN_METRICS_AVX512) chosen = &kernels_avx512;
#endif
    atomic_store(&in_use, chosen);
}

static const kernels *chosen(void) {
    const kernels *known = atomic_load_explicit(&in_use, memory_order_relaxed);
    if (known) return known;
    cairn_metrics_use_level(CAIRN_METRICS_AVX512);
    return atomic_load(&in_use);
}

#define AS_CALL(RESULT, NAME, PARAMETERS, ARGUMENTS)                                               \
    RESULT cairn_##NAME PARAMETERS { return chosen()->NAME ARGUMENTS; }
KERNELS(AS_CALL)
