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

int cairn_epoll_create(void);
int cairn_epoll_add(int epoll, int fd, uint32_t events, uint64_t token);
int cairn_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token);
int cairn_epoll_remove(int epoll, int fd);
int cairn_epoll_wait(int epoll, cairn_epoll_event *events, int capacity, int timeout_ms);
int cairn_eventfd(void);
