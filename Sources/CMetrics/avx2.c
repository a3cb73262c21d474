#include "kernels.h"

#if defined(__x86_64__)
#define LEVEL avx2
#define PAIRS_ARE_FASTER 1
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))),                  \
                             apply_to = function)
#include "levels.h"
#pragma clang attribute pop

#define OF_LEVEL(RESULT, NAME_, PARAMETERS, ARGUMENTS) .NAME_ = NAME(NAME_),
const kernels kernels_avx2 = {KERNELS(OF_LEVEL)};
#endif
