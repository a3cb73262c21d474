// Pure computations in C: bytes in, numbers out. No I/O, no state outside the arguments.
#pragma once
#include <stddef.h>
#include <stdint.h>

// BLAKE3-256 of `count` bytes into `out` (32 bytes).
void cairn_blake3(const uint8_t *bytes, size_t count, uint8_t *out);

// How many lanes this processor hashes in at a time: 4, 8 (AVX2) or 16 (AVX-512).
uint32_t cairn_blake3_lanes(void);

// The same digest computed in `lanes` lanes: 1 (block after block), 4, or up to what
// `cairn_blake3_lanes` answers. For tests and measurements.
void cairn_blake3_with(uint32_t lanes, const uint8_t *bytes, size_t count, uint8_t *out);

// BLAKE3 of bytes that arrive in pieces. `cairn_blake3_new` returns NULL when out of memory.
typedef struct cairn_blake3_state cairn_blake3_state;
cairn_blake3_state *cairn_blake3_new(void);
void cairn_blake3_update(cairn_blake3_state *state, const uint8_t *bytes, size_t count);
void cairn_blake3_final(const cairn_blake3_state *state, uint8_t *out);
void cairn_blake3_free(cairn_blake3_state *state);

// CRC-32C (Castagnoli) of `count` bytes, going on from `crc` (0 at the start).
uint32_t cairn_crc32c(uint32_t crc, const uint8_t *bytes, size_t count);
