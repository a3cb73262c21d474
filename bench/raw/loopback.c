// What TCP on loopback can carry at most: one process writes 1 MiB at a time, one reads.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void check(int ok, const char *what) {
    if (ok) return;
    perror(what);
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "loopback COUNT BYTES\n"), 2;
    long count = atol(argv[1]), bytes = atol(argv[2]);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    check(listen(listener, 1) == 0, "listen");
    check(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    char *buffer = malloc((size_t)bytes);
    memset(buffer, 7, (size_t)bytes);
    pid_t writer = fork();
    if (writer == 0) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        check(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
        for (long i = 0; i < count + count / 10 + 1; i++) {
            for (long sent = 0; sent < bytes;) {
                ssize_t n = write(fd, buffer + sent, (size_t)(bytes - sent));
                check(n > 0, "write");
                sent += n;
            }
        }
        exit(0);
    }
    int fd = accept(listener, NULL, NULL);
    check(fd >= 0, "accept");
    double start = 0;
    long warm = (count / 10 + 1) * bytes, total = 0;
    ssize_t n;
    while ((n = read(fd, buffer, (size_t)bytes)) > 0) {
        total += n;
        if (start == 0 && total >= warm) start = now(), warm = total;
    }
    printf("gigabytes_per_second=%f\n", (double)(total - warm) / (now() - start) / 1e9);
    waitpid(writer, NULL, 0);
}
