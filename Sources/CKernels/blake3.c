// BLAKE3-256, written from the paper: O'Connor, Aumasson, Neves, Wilcox-O'Hearn, 2020, section 2.
#include "cairn_kernels.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64, CHUNK = 1024, SUBTREE = 256 };
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

#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 4
#define NAME(x) x##_4
#define LOW 0, 4, 1, 5
#define HIGH 2, 6, 3, 7
#include "blake3_lanes.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define LANES 8
#define NAME(x) x##_8
#define LOW 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH 4, 12, 5, 13, 6, 14, 7, 15
#include "blake3_lanes.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw"))), apply_to = function)
#define LANES 16
#define NAME(x) x##_16
#define LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#include "blake3_lanes.h"
#pragma clang attribute pop
#endif

uint32_t cairn_blake3_lanes(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512bw"))
        return 16;
    if (__builtin_cpu_supports("avx2")) return 8;
#endif
    return 4;
}

// Chains `count` inputs, as many at a time as the lanes hold.
static void chain_many(
    uint32_t lanes, const uint8_t *input, size_t stride, uint32_t blocks, uint32_t count,
    uint64_t counter, uint32_t counter_step, uint32_t flags, uint32_t first_flags,
    uint32_t last_flags, uint32_t *out) {
    while (count > 0) {
        uint32_t width = lanes;
        while (width > 4 && width / 2 >= count) width /= 2;
        uint32_t take = count < width ? count : width;
#if defined(__x86_64__)
        if (width == 16) {
            chain_16(input, stride, blocks, take, counter, counter_step, flags, first_flags,
                     last_flags, out);
        } else if (width == 8) {
            chain_8(input, stride, blocks, take, counter, counter_step, flags, first_flags,
                    last_flags, out);
        } else
#endif
        {
            chain_4(input, stride, blocks, take, counter, counter_step, flags, first_flags,
                    last_flags, out);
        }
        input += stride * take;
        counter += (uint64_t)counter_step * take;
        out += 8 * (size_t)take;
        count -= take;
    }
}

// The chunk that is being filled, and one chaining value for every complete subtree to its left.
struct cairn_blake3_state {
    uint32_t chain[8];
    uint8_t block[BLOCK];
    uint32_t block_count, blocks_done;
    uint64_t chunk;
    uint32_t stack[54][8];
    uint32_t stack_count;
    uint32_t lanes;  // 4, 8 or 16 at a time; 1: only block after block
};

static void start_chunk(cairn_blake3_state *s, uint64_t chunk) {
    memcpy(s->chain, IV, 32);
    s->block_count = s->blocks_done = 0;
    s->chunk = chunk;
}

static void start(cairn_blake3_state *s, uint32_t lanes) {
    s->stack_count = 0;
    s->lanes = lanes;
    start_chunk(s, 0);
}

static void join(uint32_t left[8], const uint32_t right[8], uint32_t flags) {
    uint8_t block[BLOCK];
    memcpy(block, left, 32);
    memcpy(block + 32, right, 32);
    memcpy(left, IV, 32);
    compress(left, block, BLOCK, 0, PARENT | flags);
}

// Puts the value of a complete subtree of 2^level chunks on the stack, joined with every complete
// subtree of its own size. `total` counts the chunks up to its end.
static void push(cairn_blake3_state *s, const uint32_t *subtree, uint64_t total, uint32_t level) {
    uint32_t value[8];
    memcpy(value, subtree, 32);
    for (uint64_t rest = total >> level; (rest & 1) == 0; rest >>= 1) {
        uint32_t *left = s->stack[--s->stack_count];
        join(left, value, 0);
        memcpy(value, left, 32);
    }
    memcpy(s->stack[s->stack_count++], value, 32);
    start_chunk(s, total);
}

static void finish_chunk(cairn_blake3_state *s) {
    compress(
        s->chain, s->block, BLOCK, s->chunk, CHUNK_END | (s->blocks_done == 0 ? CHUNK_START : 0));
    push(s, s->chain, s->chunk + 1, 0);
}

// Takes the largest complete subtree of at most SUBTREE chunks that fits before the last byte: the
// last chunk may be the root and is left to the end. Answers how many bytes it took.
static size_t take_subtree(cairn_blake3_state *s, const uint8_t *bytes, size_t count) {
    uint32_t level = 0;
    while (2u << level <= SUBTREE && (s->chunk & ((2u << level) - 1)) == 0
           && (size_t)(2u << level) * CHUNK < count)
        level++;
    if (level == 0) return 0;
    uint32_t values[SUBTREE * 8];
    uint32_t left = 1u << level;
    chain_many(
        s->lanes, bytes, CHUNK, CHUNK / BLOCK, left, s->chunk, 1, 0, CHUNK_START, CHUNK_END, values);
    while (left > 1) {
        left /= 2;
        // Two neighbouring values are one parent's block.
        uint32_t parents[SUBTREE / 2 * 8];
        chain_many(
            s->lanes, (const uint8_t *)values, BLOCK, 1, left, 0, 0, PARENT, 0, 0, parents);
        memcpy(values, parents, (size_t)left * 32);
    }
    push(s, values, s->chunk + (1u << level), level);
    return (size_t)CHUNK << level;
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
        if (s->lanes > 1 && s->block_count == 0 && s->blocks_done == 0) {
            size_t taken = take_subtree(s, bytes, count);
            bytes += taken;
            count -= taken;
            if (taken > 0) continue;
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

void cairn_blake3_with(uint32_t lanes, const uint8_t *bytes, size_t count, uint8_t *out) {
    cairn_blake3_state state;
    start(&state, lanes);
    cairn_blake3_update(&state, bytes, count);
    cairn_blake3_final(&state, out);
}

void cairn_blake3(const uint8_t *bytes, size_t count, uint8_t *out) {
    cairn_blake3_with(cairn_blake3_lanes(), bytes, count, out);
}

cairn_blake3_state *cairn_blake3_new(void) {
    cairn_blake3_state *state = malloc(sizeof *state);
    if (state) start(state, cairn_blake3_lanes());
    return state;
}

void cairn_blake3_free(cairn_blake3_state *state) { free(state); }
