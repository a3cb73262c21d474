// Streams of small numbers, one byte each: raw, constant, or packed and Huffman-coded.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Bytes that a block may hold; a stream is blocks in a row.
#define BLOCK_COUNT ((size_t)128 * 1024)

// Scratch of one call, in bytes.
#define ENTROPY_SCRATCH (4 * BLOCK_COUNT)

// Where a writer stands; `end` is as far as it may go. `failed` once it would have gone farther.
typedef struct {
    uint8_t *at;
    uint8_t *end;
    int failed;
    int is_fast; // moving bits together is one fast instruction
} byte_writer;

typedef struct {
    const uint8_t *at;
    const uint8_t *end;
    int is_fast;
} byte_reader;

void entropy_encode(byte_writer *out, const uint8_t *bytes, size_t count, uint8_t *scratch);

// 0, or -1 on damage. Writes `count` bytes.
int entropy_decode(byte_reader *in, uint8_t *bytes, size_t count, uint8_t *scratch);
