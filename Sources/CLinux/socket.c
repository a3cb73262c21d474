#define _GNU_SOURCE
#include "cairn_linux.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/uio.h>

int cairn_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int cairn_accept(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int cairn_set_no_delay(int fd) {
    int on = 1;
    return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int cairn_set_reuse_address(int fd) {
    int on = 1;
    return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

int cairn_socket_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0) return errno;
    return error;
}

static ssize_t result(ssize_t count) { return count < 0 ? -errno : count; }

ssize_t cairn_send(int fd, const cairn_bytes *pieces, int count) {
    if (count == 1) return result(send(fd, pieces->start, pieces->count, MSG_NOSIGNAL));
    struct iovec vector[64];
    if (count > 64) count = 64;
    for (int i = 0; i < count; i++) {
        vector[i].iov_base = (void *)pieces[i].start;
        vector[i].iov_len = pieces[i].count;
    }
    struct msghdr message = {.msg_iov = vector, .msg_iovlen = (size_t)count};
    return result(sendmsg(fd, &message, MSG_NOSIGNAL));
}

ssize_t cairn_receive(int fd, void *first, size_t first_count, void *rest, size_t rest_count) {
    if (first_count == 0) return result(recv(fd, rest, rest_count, 0));
    struct iovec vector[2] = {{first, first_count}, {rest, rest_count}};
    return result(readv(fd, vector, 2));
}

void cairn_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

void cairn_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
}
