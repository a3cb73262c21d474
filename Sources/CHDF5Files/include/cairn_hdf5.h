// The few things that are wanted of HDF5, most of whose names are macros. Not for several threads
// at a time.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Reads bytes of the file into `out`; 0, or -1 where it cannot.
typedef int (*cairn_hdf5_read)(void *context, uint64_t offset, size_t count, void *out);

typedef struct {
    const char *name;     // its path, without the slash in front
    int element;          // as Cairn numbers them; 0 where it has no number
    int rank;             // at most 32
    const uint64_t *dims; // outermost first
    int64_t offset;       // where its elements lie in a row; -1: only the library reads them
    uint64_t byte_count;
    const char *why;      // why only the library, or nobody, reads it; NULL where it lies in a row
    int is_readable;      // by `cairn_hdf5_rows`
} cairn_hdf5_dataset;

// Whether to go on: 0, else stop.
typedef int (*cairn_hdf5_visit)(void *context, const cairn_hdf5_dataset *dataset);

// Once, before all else. At the end of the process nothing is tidied up: after a damaged file the
// library would not come to an end with that.
void cairn_hdf5_begin(void);

// A file behind `read`. Returns a handle, or -1.
int64_t cairn_hdf5_open(cairn_hdf5_read read, void *context, uint64_t byte_count);
// Every dataset once; what cannot be opened is passed over and counted. Returns that count, or -1.
int cairn_hdf5_each(int64_t file, cairn_hdf5_visit visit, void *context);
// Rows of a dataset, along its first dimension, little-endian. A scalar has one row. 0, or -1.
int cairn_hdf5_rows(int64_t file, const char *name, int element, uint64_t first, uint64_t count,
                    void *out);
void cairn_hdf5_close(int64_t file);

// A new file at `path`; -1 on failure.
int64_t cairn_hdf5_create(const char *path);
// Room for a dataset in a row; groups on the way are made. Returns where it lies once the file is
// finished, -2 where it has no elements, -1 on failure.
int64_t cairn_hdf5_add(int64_t file, const char *name, int element, int rank, const uint64_t *dims);
// A text attribute of a dataset, or of the file where `name` is "/". 0, or -1.
int cairn_hdf5_note(int64_t file, const char *name, const char *key, const char *value);
int cairn_hdf5_finish(int64_t file);

// What the library says of the last failure, in one line.
void cairn_hdf5_problem(char *text, size_t size);
