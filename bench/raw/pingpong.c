// What a round trip over TCP on loopback costs at least: two processes, each an epoll loop in C,
// 124 bytes there and 124 back, on one or many connections.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 124, BATCH = 256 };

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void check(int ok, const char *what) {
    if (ok) return;
    perror(what);
    exit(1);
}

static void watch(int epoll, int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
}

static void serve(int listener, long connections) {
    char buffer[4096];
    struct epoll_event events[BATCH];
    int epoll = epoll_create1(0);
    for (long i = 0; i < connections; i++) watch(epoll, accept(listener, NULL, NULL));
    while (connections > 0) {
        int count = epoll_wait(epoll, events, BATCH, -1);
        for (int i = 0; i < count; i++) {
            ssize_t n = recv(events[i].data.fd, buffer, sizeof buffer, 0);
            if (n > 0) check(send(events[i].data.fd, buffer, (size_t)n, 0) == n, "send");
            else close(events[i].data.fd), connections--;
        }
    }
}

static int compare(const void *a, const void *b) {
    long x = *(const long *)a, y = *(const long *)b;
    return x < y ? -1 : x > y;
}

static void call(struct sockaddr_in address, long connections, long calls) {
    char buffer[4096] = {0};
    struct epoll_event events[BATCH];
    int epoll = epoll_create1(0), *fds = calloc((size_t)connections, sizeof *fds);
    long *times = calloc((size_t)calls, sizeof *times), *starts = calloc(65536, sizeof *starts);
    for (long i = 0; i < connections; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM, 0);
        check(connect(fds[i], (struct sockaddr *)&address, sizeof address) == 0, "connect");
        watch(epoll, fds[i]);
    }
    long start = now(), sent = 0, done = 0;
    for (; sent < connections; sent++) {
        starts[fds[sent]] = now();
        check(send(fds[sent], buffer, SIZE, 0) == SIZE, "send");
    }
    while (done < calls) {
        int count = epoll_wait(epoll, events, BATCH, -1);
        for (int i = 0; i < count && done < calls; i++) {
            int fd = events[i].data.fd;
            check(recv(fd, buffer, sizeof buffer, 0) == SIZE, "recv");
            times[done++] = now() - starts[fd];
            starts[fd] = now();
            check(send(fd, buffer, SIZE, 0) == SIZE, "send");
        }
    }
    double seconds = (double)(now() - start) / 1e9;
    qsort(times, (size_t)calls, sizeof *times, compare);
    printf("calls_per_second=%f\n", (double)calls / seconds);
    printf("p50_us=%f\n", (double)times[calls / 2] / 1000);
    printf("p99_us=%f\n", (double)times[calls * 99 / 100] / 1000);
    for (long i = 0; i < connections; i++) close(fds[i]);
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "pingpong CONNECTIONS CALLS\n"), 2;
    long connections = atol(argv[1]), calls = atol(argv[2]);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    check(listen(listener, 1024) == 0, "listen");
    check(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    pid_t server = fork();
    if (server == 0) return serve(listener, connections), 0;
    call(address, connections, calls);
    waitpid(server, NULL, 0);
}
