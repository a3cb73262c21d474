#include "cairn_blocks.h"
#include <pthread.h>
#include <stdlib.h>

enum { STEP = 128 << 10, CLASS_COUNT = 33, KEPT_MAX = 64 << 20 };

typedef struct block {
    struct block *next;
} block;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static block *kept[CLASS_COUNT];
static size_t kept_byte_count;

// Classes are multiples of STEP; -1 for what is too small or too large to keep.
static int class_of(size_t byte_count)
{
    size_t steps = (byte_count + STEP - 1) / STEP;
    return byte_count <= STEP / 2 || steps > CLASS_COUNT ? -1 : (int)steps - 1;
}

void *cairn_block_take(size_t byte_count)
{
    int class = class_of(byte_count);
    if (class < 0) return aligned_alloc(64, (byte_count + 63) / 64 * 64 + (byte_count == 0) * 64);
    pthread_mutex_lock(&lock);
    block *found = kept[class];
    if (found) {
        kept[class] = found->next;
        kept_byte_count -= (size_t)(class + 1) * STEP;
    }
    pthread_mutex_unlock(&lock);
    return found ? (void *)found : aligned_alloc(4096, (size_t)(class + 1) * STEP);
}

void cairn_block_give(void *start, size_t byte_count)
{
    int class = class_of(byte_count);
    size_t size = (size_t)(class + 1) * STEP;
    if (class >= 0) {
        pthread_mutex_lock(&lock);
        if (kept_byte_count + size <= KEPT_MAX) {
            ((block *)start)->next = kept[class];
            kept[class] = start;
            kept_byte_count += size;
            start = NULL;
        }
        pthread_mutex_unlock(&lock);
    }
    free(start);
}
