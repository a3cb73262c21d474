#define _GNU_SOURCE
#include "cairn_linux.h"

#include <fcntl.h>

int cairn_start_writing(int fd, off_t offset, off_t count) {
    return sync_file_range(fd, offset, count, SYNC_FILE_RANGE_WRITE);
}
