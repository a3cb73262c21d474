// What Linux has for files and Swift's Glibc module does not show.
#pragma once

// Swaps two names of one file system in one step. Returns 0, or -1 and sets errno.
int cairn_exchange(const char *a, const char *b);
