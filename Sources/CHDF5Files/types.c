#include "types.h"
#include <string.h>

static hid_t half(void)
{
    hid_t type = H5Tcopy(H5T_IEEE_F32LE);
    // Sign, place and width of the exponent, place and width of the mantissa: IEEE 754 binary16.
    if (H5Tset_fields(type, 15, 10, 5, 0, 10) < 0 || H5Tset_size(type, 2) < 0
        || H5Tset_ebias(type, 15) < 0) {
        H5Tclose(type);
        return -1;
    }
    return type;
}

// As h5py writes bool.
static hid_t boolean(void)
{
    hid_t type = H5Tenum_create(H5T_STD_I8LE);
    int8_t no = 0, yes = 1;
    H5Tenum_insert(type, "FALSE", &no);
    H5Tenum_insert(type, "TRUE", &yes);
    return type;
}

// As h5py writes complex numbers.
static hid_t complex64(void)
{
    hid_t type = H5Tcreate(H5T_COMPOUND, 8);
    H5Tinsert(type, "r", 0, H5T_IEEE_F32LE);
    H5Tinsert(type, "i", 4, H5T_IEEE_F32LE);
    return type;
}

hid_t cairn_hdf5_type(int element)
{
    switch (element) {
    case ELEMENT_F16: return half();
    case ELEMENT_F32: return H5Tcopy(H5T_IEEE_F32LE);
    case ELEMENT_F64: return H5Tcopy(H5T_IEEE_F64LE);
    case ELEMENT_I8: return H5Tcopy(H5T_STD_I8LE);
    case ELEMENT_U8: case ELEMENT_F8_E4M3: case ELEMENT_F8_E5M2: return H5Tcopy(H5T_STD_U8LE);
    case ELEMENT_I16: return H5Tcopy(H5T_STD_I16LE);
    case ELEMENT_U16: return H5Tcopy(H5T_STD_U16LE);
    case ELEMENT_I32: return H5Tcopy(H5T_STD_I32LE);
    case ELEMENT_U32: return H5Tcopy(H5T_STD_U32LE);
    case ELEMENT_I64: return H5Tcopy(H5T_STD_I64LE);
    case ELEMENT_U64: return H5Tcopy(H5T_STD_U64LE);
    case ELEMENT_BOOL: return boolean();
    case ELEMENT_C64: return complex64();
    default: return -1;
    }
}

static int integer(hid_t type)
{
    static const int signed_types[] = {0, ELEMENT_I8, ELEMENT_I16, 0, ELEMENT_I32, 0, 0, 0,
                                       ELEMENT_I64};
    static const int unsigned_types[] = {0, ELEMENT_U8, ELEMENT_U16, 0, ELEMENT_U32, 0, 0, 0,
                                         ELEMENT_U64};
    size_t size = H5Tget_size(type);
    if (size < 1 || size > 8 || H5Tget_precision(type) != 8 * size) return ELEMENT_OTHER;
    return H5Tget_sign(type) == H5T_SGN_NONE ? unsigned_types[size] : signed_types[size];
}

static int floating(hid_t type)
{
    size_t sign, exponent, exponent_size, mantissa, mantissa_size;
    if (H5Tget_fields(type, &sign, &exponent, &exponent_size, &mantissa, &mantissa_size) < 0)
        return ELEMENT_OTHER;
    size_t size = H5Tget_size(type), bias = H5Tget_ebias(type);
    if (sign != 8 * size - 1 || mantissa != 0 || exponent != mantissa_size) return ELEMENT_OTHER;
    if (size == 2 && exponent_size == 5 && bias == 15) return ELEMENT_F16;
    if (size == 2 && exponent_size == 8 && bias == 127) return ELEMENT_BF16;
    if (size == 4 && exponent_size == 8 && bias == 127) return ELEMENT_F32;
    if (size == 8 && exponent_size == 11 && bias == 1023) return ELEMENT_F64;
    return ELEMENT_OTHER;
}

static int is_same(hid_t type, int element)
{
    hid_t other = cairn_hdf5_type(element);
    int same = H5Tequal(type, other) > 0;
    H5Tclose(other);
    return same;
}

int cairn_hdf5_element(hid_t type, int *is_big)
{
    *is_big = 0;
    switch (H5Tget_class(type)) {
    case H5T_INTEGER:
    case H5T_FLOAT:
        *is_big = H5Tget_size(type) > 1 && H5Tget_order(type) == H5T_ORDER_BE;
        return H5Tget_class(type) == H5T_INTEGER ? integer(type) : floating(type);
    case H5T_ENUM: return is_same(type, ELEMENT_BOOL) ? ELEMENT_BOOL : ELEMENT_OTHER;
    case H5T_COMPOUND: return is_same(type, ELEMENT_C64) ? ELEMENT_C64 : ELEMENT_OTHER;
    default: return ELEMENT_OTHER;
    }
}
