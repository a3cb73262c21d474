// Commands of others: started with limits, as another user, away from everything of ours.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct {
    const char *program;         // a path
    char *const *arguments;      // all of them, ended by NULL
    char *const *environment;    // the same
    const char *folder;          // where it works
    int output;                  // becomes its standard output and error; its input is empty
    int group;                   // cgroup.procs of the group that it joins, open for writing; -1: none
    int switches_user;           // to the three that follow
    uint32_t user_id, group_id;
    const uint32_t *groups;
    size_t group_count;
    uint64_t address_space_max;  // in bytes; 0: as ours
    uint64_t process_count_max;  // of its user, threads counted; 0: as ours
} cairn_runner;

// What could not be done, where a start fails.
enum { CAIRN_RUNNER_FORK = 1, CAIRN_RUNNER_GROUP, CAIRN_RUNNER_FOLDER, CAIRN_RUNNER_LIMITS,
       CAIRN_RUNNER_USER, CAIRN_RUNNER_EXEC };

// Starts it as the leader of a session, with default signals, no descriptor of ours, no core dumps, no
// way to gain privileges, and first in line where memory runs out. It is killed when the calling thread
// ends, however that is. Returns its process; or -1, sets errno and says what failed.
pid_t cairn_start_runner(const cairn_runner *runner, int *failed);

// The groups of a user, at most `capacity`; returns how many, or -1 when there are more.
int cairn_groups_of(const char *user, uint32_t group_id, uint32_t *groups, int capacity);
// What a path leads to, without following it as a link: opens nothing that could block. Returns a
// descriptor that names it, or -1 and errno.
int cairn_open_path(int folder, const char *name);
// Makes that a folder which its owner may change; -1 and errno on failure.
int cairn_open_up(int path);
// Whether systemd has left a control group to whoever runs in it: 1, 0, or -1 and errno.
int cairn_is_delegated(const char *group);
// Bytes that are free for us on the file system of `path`; -1 and errno on failure.
int64_t cairn_free_bytes(const char *path);
