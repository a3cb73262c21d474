// BLAKE3-256, written from the paper: O'Connor, Aumasson, Neves, Wilcox-O'Hearn, 2020, section 2.
#include "cairn_kernels.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64, CHUNK = 1024 };
enum { CHUNK_START = 1, CHUNK_END = 2, PARENT = 4, ROOT = 8 };

static const uint32_t IV[8] = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
    0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
};

// The message order of each round: the permutation of section 2.2 applied again and again.
static const uint8_t ORDER[7][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
    {3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1},
    {10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
    {12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4},
    {9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
    {11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13},
};

static uint32_t rotate(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void mix(uint32_t *v, int a, int b, int c, int d, uint32_t x, uint32_t y) {
    v[a] += v[b] + x;
    v[d] = rotate(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = rotate(v[b] ^ v[c], 12);
    v[a] += v[b] + y;
    v[d] = rotate(v[d] ^ v[a], 8);
    v[c] += v[d];
    v[b] = rotate(v[b] ^ v[c], 7);
}

static void compress(
    uint32_t chain[8], const uint8_t block[BLOCK], uint32_t length, uint64_t counter,
    uint32_t flags) {
    uint32_t m[16], v[16];
    memcpy(m, block, BLOCK);  // Little-endian words, as every machine that Cairn runs on.
    memcpy(v, chain, 32);
    memcpy(v + 8, IV, 16);
    v[12] = (uint32_t)counter;
    v[13] = (uint32_t)(counter >> 32);
    v[14] = length;
    v[15] = flags;
    for (int round = 0; round < 7; round++) {
        const uint8_t *o = ORDER[round];
        mix(v, 0, 4, 8, 12, m[o[0]], m[o[1]]);
        mix(v, 1, 5, 9, 13, m[o[2]], m[o[3]]);
        mix(v, 2, 6, 10, 14, m[o[4]], m[o[5]]);
        mix(v, 3, 7, 11, 15, m[o[6]], m[o[7]]);
        mix(v, 0, 5, 10, 15, m[o[8]], m[o[9]]);
        mix(v, 1, 6, 11, 12, m[o[10]], m[o[11]]);
        mix(v, 2, 7, 8, 13, m[o[12]], m[o[13]]);
        mix(v, 3, 4, 9, 14, m[o[14]], m[o[15]]);
    }
    for (int i = 0; i < 8; i++) chain[i] = v[i] ^ v[i + 8];
}

// The chunk that is being filled, and one chaining value for every complete subtree to its left.
struct cairn_blake3_state {
    uint32_t chain[8];
    uint8_t block[BLOCK];
    uint32_t block_count, blocks_done;
    uint64_t chunk;
    uint32_t stack[54][8];
    uint32_t stack_count;
};

static void start_chunk(cairn_blake3_state *s, uint64_t chunk) {
    memcpy(s->chain, IV, 32);
    s->block_count = s->blocks_done = 0;
    s->chunk = chunk;
}

static void start(cairn_blake3_state *s) {
    s->stack_count = 0;
    start_chunk(s, 0);
}

static void join(uint32_t left[8], const uint32_t right[8], uint32_t flags) {
    uint8_t block[BLOCK];
    memcpy(block, left, 32);
    memcpy(block + 32, right, 32);
    memcpy(left, IV, 32);
    compress(left, block, BLOCK, 0, PARENT | flags);
}

// Closes the present chunk: its value joins every complete subtree of its own size.
static void finish_chunk(cairn_blake3_state *s) {
    compress(
        s->chain, s->block, BLOCK, s->chunk, CHUNK_END | (s->blocks_done == 0 ? CHUNK_START : 0));
    uint64_t total = s->chunk + 1;
    uint32_t value[8];
    memcpy(value, s->chain, 32);
    for (uint64_t rest = total; (rest & 1) == 0; rest >>= 1) {
        uint32_t *left = s->stack[--s->stack_count];
        join(left, value, 0);
        memcpy(value, left, 32);
    }
    memcpy(s->stack[s->stack_count++], value, 32);
    start_chunk(s, total);
}

void cairn_blake3_update(cairn_blake3_state *s, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        if (s->block_count == BLOCK) {
            if (s->blocks_done == CHUNK / BLOCK - 1) {
                finish_chunk(s);
            } else {
                compress(s->chain, s->block, BLOCK, s->chunk, s->blocks_done == 0 ? CHUNK_START : 0);
                s->blocks_done++;
                s->block_count = 0;
            }
        }
        size_t take = BLOCK - s->block_count;
        if (take > count) take = count;
        memcpy(s->block + s->block_count, bytes, take);
        s->block_count += (uint32_t)take;
        bytes += take;
        count -= take;
    }
}

void cairn_blake3_final(const cairn_blake3_state *s, uint8_t *out) {
    uint8_t block[BLOCK] = {0};
    uint32_t value[8];
    memcpy(block, s->block, s->block_count);
    memcpy(value, s->chain, 32);
    uint32_t flags = CHUNK_END | (s->blocks_done == 0 ? CHUNK_START : 0);
    compress(
        value, block, s->block_count, s->chunk, flags | (s->stack_count == 0 ? ROOT : 0));
    for (uint32_t i = s->stack_count; i-- > 0;) {
        uint32_t left[8];
        memcpy(left, s->stack[i], 32);
        join(left, value, i == 0 ? ROOT : 0);
        memcpy(value, left, 32);
    }
    memcpy(out, value, 32);
}

void cairn_blake3(const uint8_t *bytes, size_t count, uint8_t *out) {
    cairn_blake3_state state;
    start(&state);
    cairn_blake3_update(&state, bytes, count);
    cairn_blake3_final(&state, out);
}

cairn_blake3_state *cairn_blake3_new(void) {
    cairn_blake3_state *state = malloc(sizeof *state);
    if (state) start(state);
    return state;
}

void cairn_blake3_free(cairn_blake3_state *state) { free(state); }
