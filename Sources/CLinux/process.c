#define _GNU_SOURCE
#include "cairn_process.h"

#include <malloc.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int cairn_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int cairn_spawn_change_folder(posix_spawn_file_actions_t *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

int cairn_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int cairn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

static struct winsize window(int fd) {
    struct winsize size = {0};
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) size = (struct winsize){0};
    return size;
}

int cairn_terminal_columns(int fd) { return window(fd).ws_col; }
int cairn_terminal_rows(int fd) { return window(fd).ws_row; }

int cairn_exit_code(int status) { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

int cairn_lock_try(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }
int cairn_lock_share_try(int fd) { return flock(fd, LOCK_SH | LOCK_NB); }
int cairn_lock(int fd) { return flock(fd, LOCK_EX); }

int cairn_pseudo_terminal(int *tty) {
    int screen = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    char name[128];
    if (screen < 0 || grantpt(screen) < 0 || unlockpt(screen) < 0) return -1;
    if (ptsname_r(screen, name, sizeof name) != 0) return -1;
    *tty = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    return *tty < 0 ? -1 : screen;
}

void cairn_keep_free_memory(int byte_count) { mallopt(M_TRIM_THRESHOLD, byte_count); }

void cairn_return_blocks_from(int byte_count) { mallopt(M_MMAP_THRESHOLD, byte_count); }
