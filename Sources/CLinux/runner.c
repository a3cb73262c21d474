#define _GNU_SOURCE
#include "cairn_runner.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

// Between fork and exec in a program of several threads: system calls and nothing else. The C
// library's set*id functions are more than that; they speak to all threads.

static int limit(int resource, uint64_t value) {
    struct rlimit present;
    if (getrlimit(resource, &present) < 0) return -1;
    if (present.rlim_max == RLIM_INFINITY || value < present.rlim_max) present.rlim_max = value;
    present.rlim_cur = present.rlim_max;
    return setrlimit(resource, &present);
}

static int set_limits(const cairn_runner *runner) {
    uint64_t memory = runner->address_space_max, processes = runner->process_count_max;
    if (limit(RLIMIT_CORE, 0) < 0) return -1;
    if (memory > 0 && limit(RLIMIT_AS, memory) < 0) return -1;
    if (processes > 0 && limit(RLIMIT_NPROC, processes) < 0) return -1;
    // Not possible everywhere, and no reason to stop: the host's memory is its operator's business.
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0 && write(score, "500", 3) < 0) errno = 0;
    if (score >= 0) close(score);
    return 0;
}

static int become_user(const cairn_runner *runner) {
    if (runner->switches_user) {
        uint32_t group = runner->group_id, user = runner->user_id;
        if (syscall(SYS_setgroups, runner->group_count, runner->groups) < 0) return -1;
        if (syscall(SYS_setresgid, group, group, group) < 0) return -1;
        if (syscall(SYS_setresuid, user, user, user) < 0) return -1;
    }
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int reset_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < 65; number++) sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    return sigprocmask(SIG_SETMASK, &none, NULL);
}

// Where we were started without them, ours may lie among 0, 1 and 2, and dup2 onto itself keeps
// close-on-exec: both go up first.
static int take_descriptors(const cairn_runner *runner) {
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int input = fcntl(null, F_DUPFD_CLOEXEC, 3), output = fcntl(runner->output, F_DUPFD_CLOEXEC, 3);
    if (input < 0 || output < 0) return -1;
    return dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0 ? -1 : 0;
}

// Returns only where it fails: with what.
static int become_runner(const cairn_runner *runner, pid_t parent) {
    setsid();
    reset_signals();
    if (runner->group >= 0 && write(runner->group, "0", 1) < 0) return CAIRN_RUNNER_GROUP;
    if (take_descriptors(runner) < 0) return CAIRN_RUNNER_FORK;
    if (chdir(runner->folder) < 0) return CAIRN_RUNNER_FOLDER;
    if (set_limits(runner) < 0) return CAIRN_RUNNER_LIMITS;
    if (become_user(runner) < 0) return CAIRN_RUNNER_USER;
    umask(022);
    // After the user: a new one forgets it.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) _exit(127);
    // What is open by now has the flag already; a library's descriptors may not.
    syscall(SYS_close_range, 3, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */);
    execve(runner->program, runner->arguments, runner->environment);
    return CAIRN_RUNNER_EXEC;
}

pid_t cairn_start_runner(const cairn_runner *runner, int *failed) {
    int ends[2];
    *failed = CAIRN_RUNNER_FORK;
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    // No handler of ours runs in the child.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        int words[2] = {become_runner(runner, parent), errno};
        if (write(ends[1], words, sizeof words) < 0) _exit(126);
        _exit(127);
    }
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    int words[2];
    ssize_t count = 0;
    if (child > 0) {
        do count = read(ends[0], words, sizeof words);
        while (count < 0 && errno == EINTR);
    }
    close(ends[0]);
    if (child < 0) {
        errno = error;
        return -1;
    }
    if (count != sizeof words) return child;
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    *failed = words[0];
    errno = words[1];
    return -1;
}

int cairn_groups_of(const char *user, uint32_t group_id, uint32_t *groups, int capacity) {
    int count = capacity;
    return getgrouplist(user, group_id, groups, &count) < 0 ? -1 : count;
}

int cairn_open_path(int folder, const char *name) {
    return openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

int cairn_open_up(int path) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", path);
    return chmod(name, 0700);
}

int cairn_is_delegated(const char *group) {
    // Older versions say it to root alone.
    static const char *const names[] = {"user.delegate", "trusted.delegate"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        char value = 0;
        ssize_t count = getxattr(group, names[index], &value, 1);
        if (count == 1) return value == '1';
        if (count < 0 && errno != ENODATA && errno != ENOTSUP) return -1;
    }
    return 0;
}

int64_t cairn_free_bytes(const char *path) {
    struct statvfs status;
    if (statvfs(path, &status) < 0) return -1;
    return (int64_t)status.f_bavail * (int64_t)status.f_frsize;
}
