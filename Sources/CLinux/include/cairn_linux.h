// What Linux has and Swift's Glibc module does not show. Narrow functions, no macros, no state.
#pragma once
#include <stdint.h>
#include <sys/types.h>

// epoll and eventfd; each returns -1 and sets errno on failure.
typedef struct {
    uint32_t events;
    uint64_t token;
} cairn_epoll_event;

enum { CAIRN_EPOLL_IN = 0x001, CAIRN_EPOLL_OUT = 0x004, CAIRN_EPOLL_ERR = 0x008,
       CAIRN_EPOLL_HUP = 0x010, CAIRN_EPOLL_RDHUP = 0x2000 };
// Report changes, not states: read until empty and write until full before waiting again.
static const uint32_t CAIRN_EPOLL_EDGE = 1u << 31;

int cairn_epoll_create(void);
int cairn_epoll_add(int epoll, int fd, uint32_t events, uint64_t token);
int cairn_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token);
int cairn_epoll_remove(int epoll, int fd);
int cairn_epoll_wait(int epoll, cairn_epoll_event *events, int capacity, int timeout_ms);
int cairn_eventfd(void);
// A descriptor that becomes readable at a moment of CLOCK_MONOTONIC.
int cairn_timerfd(void);
int cairn_timerfd_set(int timer, int64_t nanoseconds);

// Stream sockets that neither block nor survive an exec. On failure the first and the setters
// return -1 and set errno; `cairn_accept` returns -errno.
int cairn_socket(int family);
int cairn_accept(int listener);
// Sends each write at once: the callers gather what belongs together.
int cairn_set_no_delay(int fd);
int cairn_set_reuse_address(int fd);
// The error that a connect ended with, 0 for none.
int cairn_socket_error(int fd);

typedef struct {
    const void *start;
    size_t count;
} cairn_bytes;

// Sends the pieces, at most 64, in order; never raises SIGPIPE. Returns how many bytes were taken,
// or -errno.
ssize_t cairn_send(int fd, const cairn_bytes *pieces, int count);
// Fills `first`, then `rest`; `first` may be empty. Returns how many bytes came, 0 at the end, or
// -errno.
ssize_t cairn_receive(int fd, void *first, size_t first_count, void *rest, size_t rest_count);

// A name for the calling thread, as debuggers and `top -H` show it; at most 15 bytes.
void cairn_name_thread(const char *name);
// Leaves signals to the other threads.
void cairn_block_signals(void);

// Signals as bytes on a pipe: from now on `number` is written to `fd` and does not end the process.
// The last route of a number stands. -1 and errno on failure.
int cairn_route_signal(int number, int fd);
// The number goes nowhere, and still does not end the process; nothing if another route stands.
void cairn_unroute_signal(int number, int fd);
int cairn_set_nonblocking(int fd);
// Another descriptor of the same file, closed on exec.
int cairn_duplicate(int fd);
