// Memory of chunks, kept to be used again: fresh pages cost as much as hashing them.
#pragma once
#include <stddef.h>

// At least so many bytes, aligned to 64; NULL without memory. Any thread.
void *cairn_block_take(size_t byte_count);
// Gives a block back, with the count that it was taken with. 64 MiB of them are kept.
void cairn_block_give(void *start, size_t byte_count);
