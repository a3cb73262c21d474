// Memory of one message: allocated bit by bit, given back at once.
#pragma once
#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

// What one message may take when unpacked. A frame's message is at most 1 MiB on the wire, but a
// hostile one can ask for fifty times that in empty sub-messages.
enum { CAIRN_ARENA_BYTE_COUNT_MAX = 16 * 1024 * 1024 };

// Empties this thread's arena and answers with its allocator. Nothing of the message before it may
// be in use any more. The allocator answers NULL over the limit; its `free` does nothing.
ProtobufCAllocator *cairn_arena_reset(void);

// `count` zeroed bytes of this thread's arena, aligned for any type; NULL over the limit.
void *cairn_arena_allocate(size_t count);
