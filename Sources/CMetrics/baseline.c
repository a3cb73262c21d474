#include "kernels.h"

#define LEVEL baseline
#include "levels.h"

#define OF_LEVEL(RESULT, NAME_, PARAMETERS, ARGUMENTS) .NAME_ = NAME(NAME_),
const kernels kernels_baseline = {KERNELS(OF_LEVEL)};
