#include "cairn_arena.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Blocks double from 16 KiB on; the first is kept between messages, the rest are given back.
typedef struct block {
    struct block *previous;
    size_t capacity, used;
    _Alignas(max_align_t) uint8_t bytes[];
} block;

typedef struct {
    block *last;
    size_t total;
} arena;

static __thread arena *of_this_thread;
static pthread_key_t at_exit_of_thread;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void release_all(void *pointer) {
    arena *a = pointer;
    while (a->last) {
        block *previous = a->last->previous;
        free(a->last);
        a->last = previous;
    }
    free(a);
}

static void make_key(void) { pthread_key_create(&at_exit_of_thread, release_all); }

static arena *present(void) {
    if (of_this_thread) return of_this_thread;
    arena *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    pthread_once(&once, make_key);
    pthread_setspecific(at_exit_of_thread, a);
    return of_this_thread = a;
}

static void *take(arena *a, size_t count) {
    const size_t alignment = sizeof(max_align_t) < 16 ? 16 : _Alignof(max_align_t);
    if (count > CAIRN_ARENA_BYTE_COUNT_MAX) return NULL;
    count = (count + alignment - 1) / alignment * alignment;
    if (a->total + count > CAIRN_ARENA_BYTE_COUNT_MAX) return NULL;
    if (!a->last || a->last->capacity - a->last->used < count) {
        size_t capacity = a->last ? a->last->capacity * 2 : 16 * 1024;
        if (capacity > 1024 * 1024) capacity = 1024 * 1024;
        if (capacity < count) capacity = count;
        block *fresh = malloc(sizeof *fresh + capacity);
        if (!fresh) return NULL;
        *fresh = (block){.previous = a->last, .capacity = capacity};
        a->last = fresh;
    }
    void *bytes = a->last->bytes + a->last->used;
    a->last->used += count;
    a->total += count;
    return bytes;
}

static void *allocate(void *data, size_t count) {
    arena *a = present();
    (void)data;
    return a ? take(a, count) : NULL;
}

static void leave(void *data, void *pointer) { (void)data, (void)pointer; }

static ProtobufCAllocator allocator = {.alloc = allocate, .free = leave};

ProtobufCAllocator *cairn_arena_reset(void) {
    arena *a = present();
    if (a) {
        while (a->last && a->last->previous) {
            block *previous = a->last->previous;
            free(a->last);
            a->last = previous;
        }
        if (a->last) a->last->used = 0;
        a->total = 0;
    }
    return &allocator;
}

void *cairn_arena_allocate(size_t count) {
    void *bytes = allocate(NULL, count);
    if (bytes) memset(bytes, 0, count);
    return bytes;
}
