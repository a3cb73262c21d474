#define _GNU_SOURCE
#include "cairn_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

// Where each signal's number is written, plus one; 0: nowhere. A handler may only do what is safe
// at any instruction, and writing to a pipe is.
static _Atomic int routes[65];

static void pass_on(int number) {
    int saved = errno;
    int route = atomic_load(&routes[number]);
    unsigned char byte = (unsigned char)number;
    // A full pipe holds signals enough; whoever reads it is told of this kind already.
    if (route > 0 && write(route - 1, &byte, 1) < 0) errno = saved;
    errno = saved;
}

int cairn_route_signal(int number, int fd) {
    if (number < 1 || number > 64) {
        errno = EINVAL;
        return -1;
    }
    atomic_store(&routes[number], fd + 1);
    struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    return sigaction(number, &action, NULL);
}

void cairn_unroute_signal(int number, int fd) {
    int ours = fd + 1;
    if (number >= 1 && number <= 64) atomic_compare_exchange_strong(&routes[number], &ours, 0);
}

int cairn_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

int cairn_duplicate(int fd) { return fcntl(fd, F_DUPFD_CLOEXEC, 3); }
