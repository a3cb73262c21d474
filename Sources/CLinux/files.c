#define _GNU_SOURCE
#include "cairn_files.h"

#include <fcntl.h>
#include <stdio.h>

int cairn_exchange(const char *a, const char *b) {
    return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
}

int cairn_start_writing(int fd, off_t offset, off_t count) {
    return sync_file_range(fd, offset, count, SYNC_FILE_RANGE_WRITE);
}
