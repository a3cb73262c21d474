#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "cairn_metrics.h"

enum { LARGE_PAGE = 2 << 20, KEPT_BYTES_MAX = 512 << 20, HEAD = 64 };

// Before what is handed out.
typedef struct block {
    struct block *next;
    size_t byte_count;
} block;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static block *kept;
static size_t kept_byte_count;

// The smallest kept block that is large enough, and not more than twice that.
static block *take_kept(size_t byte_count) {
    block **best = NULL;
    pthread_mutex_lock(&lock);
    for (block **at = &kept; *at; at = &(*at)->next) {
        const size_t own = (*at)->byte_count;
        if (own < byte_count || own / 2 > byte_count) continue;
        if (!best || own < (*best)->byte_count) best = at;
    }
    block *found = best ? *best : NULL;
    if (found) {
        *best = found->next;
        kept_byte_count -= found->byte_count;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

void *cairn_metrics_scratch(size_t byte_count) {
    const int is_large = byte_count >= LARGE_PAGE;
    const size_t unit = is_large ? LARGE_PAGE : HEAD;
    const size_t whole = (byte_count + HEAD + unit - 1) / unit * unit;
    block *found = is_large ? take_kept(whole) : NULL;
    if (!found) {
        found = aligned_alloc(unit, whole);
        if (!found) return NULL;
        // Advice: without large pages the memory is as good, only slower.
        if (is_large) (void)madvise(found, whole, MADV_HUGEPAGE);
        found->byte_count = whole;
    }
    return (char *)found + HEAD;
}

void cairn_metrics_scratch_free(void *scratch) {
    if (!scratch) return;
    block *own = (block *)((char *)scratch - HEAD);
    const size_t byte_count = own->byte_count;
    if (byte_count >= LARGE_PAGE) {
        pthread_mutex_lock(&lock);
        if (kept_byte_count + byte_count <= KEPT_BYTES_MAX) {
            // The system may take the pages when it needs them; until then they need not be cleared
            // again. The head is written, so it stays.
            (void)madvise((char *)own + 4096, byte_count - 4096, MADV_FREE);
            own->next = kept;
            kept = own;
            kept_byte_count += byte_count;
            own = NULL;
        }
        pthread_mutex_unlock(&lock);
    }
    free(own);
}
