#include "cairn_hdf5.h"
#include "types.h"
#include <string.h>

int64_t cairn_hdf5_create(const char *path)
{
    return H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
}

int64_t cairn_hdf5_add(int64_t file, const char *name, int element, int rank, const uint64_t *dims)
{
    hsize_t extent[32];
    int is_empty = 0;
    if (rank < 0 || rank > 32) return -1;
    for (int i = 0; i < rank; i++) {
        extent[i] = dims[i];
        is_empty |= dims[i] == 0;
    }
    hid_t type = cairn_hdf5_type(element);
    hid_t space = rank ? H5Screate_simple(rank, extent, NULL) : H5Screate(H5S_SCALAR);
    hid_t links = H5Pcreate(H5P_LINK_CREATE), plist = H5Pcreate(H5P_DATASET_CREATE);
    int64_t offset = -1;
    // The bytes are written by whoever asked, and only once.
    if (type >= 0 && space >= 0 && H5Pset_create_intermediate_group(links, 1) >= 0
        && H5Pset_layout(plist, H5D_CONTIGUOUS) >= 0
        && H5Pset_alloc_time(plist, H5D_ALLOC_TIME_EARLY) >= 0
        && H5Pset_fill_time(plist, H5D_FILL_TIME_NEVER) >= 0) {
        hid_t set = H5Dcreate2(file, name, type, space, links, plist, H5P_DEFAULT);
        if (set >= 0) {
            haddr_t at = H5Dget_offset(set);
            offset = is_empty ? -2 : at == HADDR_UNDEF ? -1 : (int64_t)at;
            H5Dclose(set);
        }
    }
    H5Pclose(plist);
    H5Pclose(links);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    return offset;
}

int cairn_hdf5_note(int64_t file, const char *name, const char *key, const char *value)
{
    hid_t object = H5Oopen(file, name, H5P_DEFAULT), type = H5Tcopy(H5T_C_S1);
    hid_t space = H5Screate(H5S_SCALAR);
    int ok = -1;
    if (object >= 0 && H5Tset_size(type, strlen(value) + 1) >= 0
        && H5Tset_cset(type, H5T_CSET_UTF8) >= 0) {
        hid_t note = H5Acreate2(object, key, type, space, H5P_DEFAULT, H5P_DEFAULT);
        if (note >= 0) {
            ok = H5Awrite(note, type, value) < 0 ? -1 : 0;
            H5Aclose(note);
        }
    }
    H5Sclose(space);
    H5Tclose(type);
    if (object >= 0) H5Oclose(object);
    return ok;
}

int cairn_hdf5_finish(int64_t file) { return H5Fclose(file) < 0 ? -1 : 0; }
