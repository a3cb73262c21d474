// Processes as Linux has them and Swift's Glibc module does not show.
#pragma once
#include <spawn.h>
#include <sys/types.h>

// Has the child close every descriptor from `first` on; an errno on failure.
int cairn_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

// Has the child work in the folder `path`; an errno on failure.
int cairn_spawn_change_folder(posix_spawn_file_actions_t *actions, const char *path);

// A descriptor that becomes readable when the process ends; -1 and errno on failure.
int cairn_pidfd_open(pid_t pid);
// Two ends of a pipe that do not survive an exec; -1 and errno on failure.
int cairn_pipe(int ends[2]);
// Columns of the terminal behind `fd`, 0 where there is none.
int cairn_terminal_columns(int fd);
int cairn_terminal_rows(int fd);
// How a status of waitpid reads: the exit code, or minus the signal.
int cairn_exit_code(int status);
// Takes the whole-file lock without waiting; it lasts until the last copy of `fd` is closed. -1 and
// errno on failure.
int cairn_lock_try(int fd);
// The same, but beside others who hold it in this way.
int cairn_lock_share_try(int fd);
// The same as the first, and waits.
int cairn_lock(int fd);
// A terminal without a screen, for tests: returns the side of the screen and sets `tty`, the side of
// the program; -1 and errno on failure.
int cairn_pseudo_terminal(int *tty);

// The allocator gives blocks of so many bytes and more back to the system when they are freed.
void cairn_return_blocks_from(int byte_count);

// The allocator keeps so many free bytes, in each of its arenas, before it gives any back.
void cairn_keep_free_memory(int byte_count);
