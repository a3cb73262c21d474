#include "kernels.h"

#define LEVEL baseline
// Without instructions that narrow vectors, they are not.
#define PAIRS_ARE_FASTER 0
#include "levels.h"

#define OF_LEVEL(RESULT, NAME_, PARAMETERS, ARGUMENTS) .NAME_ = NAME(NAME_),
const kernels kernels_baseline = {KERNELS(OF_LEVEL)};
