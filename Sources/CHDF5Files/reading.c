#include "cairn_hdf5.h"
#include "types.h"
#include <stdlib.h>
#include <string.h>

// A driver of HDF5's that reads through a function and never writes.
typedef struct {
    cairn_hdf5_read read;
    void *context;
    uint64_t byte_count;
} source_t;

typedef struct {
    H5FD_t pub; // first, as the library wants it
    source_t source;
    haddr_t eoa;
} open_source_t;

static hid_t driver = -1;

static void *copy_source(const void *source)
{
    source_t *copy = malloc(sizeof *copy);
    if (copy) memcpy(copy, source, sizeof *copy);
    return copy;
}

static herr_t free_source(void *source)
{
    free(source);
    return 0;
}

static H5FD_t *open_source(const char *name, unsigned flags, hid_t access, haddr_t most)
{
    (void)name;
    (void)most;
    const source_t *source = H5Pget_driver_info(access);
    if (!source || (flags & H5F_ACC_RDWR)) return NULL;
    open_source_t *file = calloc(1, sizeof *file);
    if (file) file->source = *source;
    return (H5FD_t *)file;
}

static herr_t close_source(H5FD_t *file)
{
    free(file);
    return 0;
}

static herr_t query(const H5FD_t *file, unsigned long *flags)
{
    (void)file;
    *flags = 0;
    return 0;
}

static haddr_t get_eoa(const H5FD_t *file, H5FD_mem_t type)
{
    (void)type;
    return ((const open_source_t *)file)->eoa;
}

static herr_t set_eoa(H5FD_t *file, H5FD_mem_t type, haddr_t end)
{
    (void)type;
    ((open_source_t *)file)->eoa = end;
    return 0;
}

static haddr_t get_eof(const H5FD_t *file, H5FD_mem_t type)
{
    (void)type;
    return ((const open_source_t *)file)->source.byte_count;
}

static herr_t read_source(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address,
                          size_t size, void *out)
{
    (void)type;
    (void)transfer;
    const source_t *source = &((open_source_t *)file)->source;
    if (address > source->byte_count) return -1;
    // Behind the end there are zeros, as the library's own drivers have it.
    size_t there = source->byte_count - address;
    size_t count = size < there ? size : there;
    memset((char *)out + count, 0, size - count);
    return count && source->read(source->context, address, count, out) ? -1 : 0;
}

static herr_t write_source(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address,
                           size_t size, const void *bytes)
{
    (void)file, (void)type, (void)transfer, (void)address, (void)size, (void)bytes;
    return -1;
}

static const H5FD_class_t reader = {
    .name = "cairn-reader", .maxaddr = (haddr_t)INT64_MAX, .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(source_t), .fapl_copy = copy_source, .fapl_free = free_source,
    .open = open_source, .close = close_source, .query = query, .get_eoa = get_eoa,
    .set_eoa = set_eoa, .get_eof = get_eof, .read = read_source, .write = write_source,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

void cairn_hdf5_begin(void)
{
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

int64_t cairn_hdf5_open(cairn_hdf5_read read, void *context, uint64_t byte_count)
{
    if (driver < 0 && (driver = H5FDregister(&reader)) < 0) return -1;
    source_t source = {read, context, byte_count};
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t file = -1;
    if (H5Pset_driver(access, driver, &source) >= 0) file = H5Fopen("source", H5F_ACC_RDONLY, access);
    H5Pclose(access);
    return file;
}

void cairn_hdf5_close(int64_t file) { H5Fclose(file); }

typedef struct {
    cairn_hdf5_visit visit;
    void *context;
    int failed_count;
} walk_t;

static const char *filter_name(hid_t plist)
{
    for (int i = 0; i < H5Pget_nfilters(plist); i++) {
        unsigned flags;
        size_t none = 0;
        switch (H5Pget_filter2(plist, i, &flags, &none, NULL, 0, NULL, NULL)) {
        case H5Z_FILTER_DEFLATE: return "compressed (gzip)";
        case H5Z_FILTER_SZIP: return "compressed (szip)";
        default: continue;
        }
    }
    return "filtered";
}

// Fills in all but name; `dims` has 32 places.
static int describe(hid_t set, cairn_hdf5_dataset *out, uint64_t *dims)
{
    hid_t plist = H5Dget_create_plist(set), type = H5Dget_type(set), space = -1;
    int ok = -1, is_big = 0;
    if (plist < 0 || type < 0) goto done;
    H5D_layout_t layout = H5Pget_layout(plist);
    // Both name other files, which are none of ours to open.
    if (layout == H5D_VIRTUAL || H5Pget_external_count(plist) > 0) {
        out->why = layout == H5D_VIRTUAL ? "virtual: it lies in other files"
                                         : "external: it lies in other files";
        ok = 0;
        goto done;
    }
    if ((space = H5Dget_space(set)) < 0) goto done;
    out->rank = H5Sget_simple_extent_ndims(space);
    if (out->rank < 0 || out->rank > 32 || H5Sget_simple_extent_type(space) == H5S_NULL) goto done;
    hsize_t extent[32];
    if (out->rank && H5Sget_simple_extent_dims(space, extent, NULL) < 0) goto done;
    uint64_t count = H5Tget_size(type);
    for (int i = 0; i < out->rank; i++) {
        dims[i] = extent[i];
        if (extent[i] && count > INT64_MAX / extent[i]) goto done;
        count *= extent[i];
    }
    out->byte_count = count;
    out->element = cairn_hdf5_element(type, &is_big);
    haddr_t offset = H5Dget_offset(set);
    if (out->element == ELEMENT_OTHER) {
        out->why = "of a type that is no number";
    } else if (is_big) {
        out->why = "big-endian";
        out->is_readable = 1;
    } else if (layout == H5D_CONTIGUOUS && (offset != HADDR_UNDEF || count == 0)) {
        out->offset = count ? (int64_t)offset : 0;
        out->is_readable = 1;
    } else {
        out->why = H5Pget_nfilters(plist) > 0 ? filter_name(plist)
                   : layout == H5D_CHUNKED    ? "chunked"
                   : layout == H5D_COMPACT    ? "compact"
                                              : "not written yet";
        out->is_readable = 1;
    }
    ok = 0;
done:
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    if (plist >= 0) H5Pclose(plist);
    return ok;
}

static herr_t visit_object(hid_t root, const char *name, const H5O_info_t *info, void *context)
{
    walk_t *walk = context;
    if (info->type != H5O_TYPE_DATASET) return 0;
    uint64_t dims[32] = {0};
    cairn_hdf5_dataset found = {.name = name, .offset = -1, .dims = dims};
    hid_t set = H5Dopen2(root, name, H5P_DEFAULT);
    if (set < 0 || describe(set, &found, dims) < 0) {
        if (set >= 0) H5Dclose(set);
        walk->failed_count++;
        return 0;
    }
    H5Dclose(set);
    return walk->visit(walk->context, &found) ? 1 : 0;
}

int cairn_hdf5_each(int64_t file, cairn_hdf5_visit visit, void *context)
{
    walk_t walk = {visit, context, 0};
    herr_t end = H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_NATIVE, visit_object, &walk,
                           H5O_INFO_BASIC);
    return end < 0 ? -1 : walk.failed_count;
}

int cairn_hdf5_rows(int64_t file, const char *name, int element, uint64_t first, uint64_t count,
                    void *out)
{
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT), type = cairn_hdf5_type(element);
    if (element == ELEMENT_BF16) type = H5Dget_type(set);
    hid_t space = set < 0 ? -1 : H5Dget_space(set), memory = -1;
    int ok = -1, rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    if (type < 0 || rank < 0 || rank > 32) goto done;
    if (rank == 0) {
        ok = H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) < 0 ? -1 : 0;
        goto done;
    }
    hsize_t extent[32], start[32] = {0};
    H5Sget_simple_extent_dims(space, extent, NULL);
    if (first > extent[0] || count > extent[0] - first) goto done;
    start[0] = first;
    extent[0] = count;
    memory = H5Screate_simple(rank, extent, NULL);
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, extent, NULL) >= 0 && memory >= 0
        && H5Dread(set, type, memory, space, H5P_DEFAULT, out) >= 0)
        ok = 0;
done:
    if (memory >= 0) H5Sclose(memory);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    if (set >= 0) H5Dclose(set);
    return ok;
}

typedef struct {
    char *text;
    size_t size;
} problem_t;

static herr_t write_problem(unsigned depth, const H5E_error2_t *error, void *context)
{
    (void)depth;
    problem_t *problem = context;
    if (error->desc) {
        strncpy(problem->text, error->desc, problem->size - 1);
        problem->text[problem->size - 1] = 0;
    }
    return 1; // the innermost call alone: it says what is wrong, the others that they failed
}

void cairn_hdf5_problem(char *text, size_t size)
{
    strncpy(text, "the HDF5 library does not say why", size - 1);
    text[size - 1] = 0;
    problem_t problem = {text, size};
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, write_problem, &problem);
}
