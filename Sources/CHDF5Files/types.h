#pragma once
#include <hdf5.h>

// Cairn's numbers for element types.
enum {
    ELEMENT_OTHER = 0, ELEMENT_F16 = 1, ELEMENT_BF16 = 2, ELEMENT_F32 = 3, ELEMENT_F64 = 4,
    ELEMENT_F8_E4M3 = 5, ELEMENT_F8_E5M2 = 6, ELEMENT_I8 = 7, ELEMENT_U8 = 8, ELEMENT_I16 = 9,
    ELEMENT_U16 = 10, ELEMENT_I32 = 11, ELEMENT_U32 = 12, ELEMENT_I64 = 13, ELEMENT_U64 = 14,
    ELEMENT_BOOL = 15, ELEMENT_C64 = 16
};

// The type of a dataset as Cairn numbers it, and whether its bytes are big-endian.
int cairn_hdf5_element(hid_t type, int *is_big);
// The little-endian type of an element; -1 for what HDF5 has no type for. To be closed.
hid_t cairn_hdf5_type(int element);
