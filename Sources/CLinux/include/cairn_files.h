// What Linux has for files and Swift's Glibc module does not show.
#pragma once
#include <sys/types.h>

// Swaps two names of one file system in one step. Returns 0, or -1 and sets errno.
int cairn_exchange(const char *a, const char *b);

// Copies all that follows in `from` to `to`, inside the kernel; -1 and errno on failure.
int cairn_copy_rest(int from, int to);

// Begins to write these bytes of a file to its disk and does not wait for them; returns -1 and sets
// errno on failure.
int cairn_start_writing(int fd, off_t offset, off_t count);
