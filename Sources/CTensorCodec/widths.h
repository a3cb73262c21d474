// Every width of one level.
#define BITS 8
#define WORD uint8_t
#define SIGNED int8_t
#include "kernels.h"

#define BITS 16
#define WORD uint16_t
#define SIGNED int16_t
#ifdef HAS_COMPRESS
#define SCATTER_VECTOR
#endif
#include "kernels.h"

#define BITS 32
#define WORD uint32_t
#define SIGNED int32_t
#ifdef HAS_COMPRESS
#define SCATTER_VECTOR
#endif
#include "kernels.h"

#define BITS 64
#define WORD uint64_t
#define SIGNED int64_t
#include "kernels.h"
