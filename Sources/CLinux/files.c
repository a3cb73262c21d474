#define _GNU_SOURCE
#include "cairn_files.h"

#include <fcntl.h>
#include <stdio.h>

int cairn_exchange(const char *a, const char *b) {
    return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
}
