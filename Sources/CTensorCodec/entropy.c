#include "entropy.h"

#include <string.h>

#include "huffman.h"

// How a run of bytes lies there. In a block's tag, the packing is in the upper half.
enum { RUN_RAW = 0, RUN_CONSTANT = 1, RUN_HUFFMAN = 2 };

// Numbers per byte, and what stands for a number that is listed apart.
static const unsigned pack_factor[4] = {1, 2, 4, 8};
static const uint8_t pack_escape[4] = {0, 15, 3, 1};

static void put(byte_writer *out, const void *bytes, size_t count) {
    if (out->failed || (size_t)(out->end - out->at) < count) {
        out->failed = 1;
        return;
    }
    memcpy(out->at, bytes, count);
    out->at += count;
}

static void put_byte(byte_writer *out, uint8_t value) { put(out, &value, 1); }

// MARK: Packing

#define EACH_BYTE 0x0101010101010101ull

// 0xFF in each byte of `word` that is `mark` or more.
static inline uint64_t marked(uint64_t word, uint8_t mark) {
    uint64_t low = (word & 0x7F * EACH_BYTE) + (0x80 - mark) * EACH_BYTE;
    return (((low | word) & 0x80 * EACH_BYTE) >> 7) * 0xFF;
}

// The bytes of `word` that `mask` covers, moved together; and back. One instruction where it is fast.
static inline uint64_t moved_together(uint64_t word, uint64_t mask, int is_fast) {
#if defined(__x86_64__)
    if (is_fast) {
        uint64_t result;
        __asm__("pextq %2, %1, %0" : "=r"(result) : "r"(word), "r"(mask));
        return result;
    }
#else
    (void)is_fast;
#endif
    uint64_t result = 0;
    for (unsigned at = 0; mask; mask &= ~((uint64_t)0xFF << (__builtin_ctzll(mask)))) {
        result |= (word >> __builtin_ctzll(mask) & 0xFF) << at;
        at += 8;
    }
    return result;
}

static inline uint64_t moved_apart(uint64_t word, uint64_t mask, int is_fast) {
#if defined(__x86_64__)
    if (is_fast) {
        uint64_t result;
        __asm__("pdepq %2, %1, %0" : "=r"(result) : "r"(word), "r"(mask));
        return result;
    }
#else
    (void)is_fast;
#endif
    uint64_t result = 0;
    for (; mask; mask &= ~((uint64_t)0xFF << (__builtin_ctzll(mask)))) {
        result |= (word & 0xFF) << __builtin_ctzll(mask);
        word >>= 8;
    }
    return result;
}

// Packs `count` bytes and lists what does not fit; answers how many those are. What is behind the
// last number of a packed byte is zero. Both targets are written up to 8 bytes ahead.
static inline __attribute__((always_inline)) size_t pack_as(int packing, const uint8_t *bytes,
                                                            size_t count, uint8_t *packed,
                                                            uint8_t *escapes, int is_fast) {
    const uint8_t mark = pack_escape[packing];
    const unsigned factor = pack_factor[packing];
    size_t listed = 0;
    for (size_t i = 0; i < count; i += 8) {
        uint64_t word = 0;
        memcpy(&word, bytes + i, count - i < 8 ? count - i : 8);
        uint64_t mask = marked(word, mark);
        if (mask) {
            uint64_t together = moved_together(word, mask, is_fast);
            memcpy(escapes + listed, &together, 8);
            listed += (size_t)__builtin_popcountll(mask) / 8;
            word = (word & ~mask) | (mask & mark * EACH_BYTE);
        }
        if (packing == 1) {
            word = (word | word >> 4) & 0x00FF00FF00FF00FFull;
            word = (word | word >> 8) & 0x0000FFFF0000FFFFull;
            word |= word >> 16;
        } else if (packing == 2) {
            word = (word | word >> 6 | word >> 12 | word >> 18) & 0x000000FF000000FFull;
            word |= word >> 24;
        } else {
            word = (word * 0x0102040810204080ull) >> 56;
        }
        uint32_t small = (uint32_t)word;
        memcpy(packed + i / factor, &small, 4);
    }
    return listed;
}

static size_t pack(int packing, const uint8_t *bytes, size_t count, uint8_t *packed,
                   uint8_t *escapes, int is_fast) {
    switch (packing) {
    case 1: return pack_as(1, bytes, count, packed, escapes, is_fast);
    case 2: return pack_as(2, bytes, count, packed, escapes, is_fast);
    default: return pack_as(3, bytes, count, packed, escapes, is_fast);
    }
}

// Undoes `pack`; -1 when the marks are not as many as the numbers listed. Reads `packed` and
// `escapes` up to 8 bytes ahead.
static inline __attribute__((always_inline)) int unpack_as(int packing, const uint8_t *packed,
                                                           const uint8_t *escapes, size_t listed,
                                                           uint8_t *bytes, size_t count,
                                                           int is_fast) {
    const uint8_t mark = pack_escape[packing];
    const unsigned factor = pack_factor[packing];
    size_t used = 0;
    for (size_t i = 0; i < count; i += 8) {
        uint32_t small;
        memcpy(&small, packed + i / factor, 4);
        uint64_t word = small;
        if (packing == 1) {
            word = (word | word << 16) & 0x0000FFFF0000FFFFull;
            word = (word | word << 8) & 0x00FF00FF00FF00FFull;
            word = (word | word << 4) & 0x0F0F0F0F0F0F0F0Full;
        } else if (packing == 2) {
            word &= 0xFFFF;
            word = (word | word << 24) & 0x000000FF000000FFull;
            word = (word | word << 6 | word << 12 | word << 18) & 0x0303030303030303ull;
        } else {
            word = ((word & 0xFF) * EACH_BYTE) & 0x8040201008040201ull;
            word = ((word + 0x7F * EACH_BYTE) | word) >> 7 & EACH_BYTE;
        }
        uint64_t mask = marked(word, mark);
        size_t take = count - i < 8 ? count - i : 8;
        if (take < 8) mask &= ((uint64_t)1 << (8 * take)) - 1;
        if (mask) {
            if (used > listed) return -1;
            uint64_t next;
            memcpy(&next, escapes + used, 8);
            word = (word & ~mask) | moved_apart(next, mask, is_fast);
            used += (size_t)__builtin_popcountll(mask) / 8;
        }
        memcpy(bytes + i, &word, take);
    }
    return used == listed ? 0 : -1;
}

static int unpack(int packing, const uint8_t *packed, const uint8_t *escapes, size_t listed,
                  uint8_t *bytes, size_t count, int is_fast) {
    switch (packing) {
    case 1: return unpack_as(1, packed, escapes, listed, bytes, count, is_fast);
    case 2: return unpack_as(2, packed, escapes, listed, bytes, count, is_fast);
    default: return unpack_as(3, packed, escapes, listed, bytes, count, is_fast);
    }
}

// MARK: Estimates

// log2, within 0.0002: the same bits on every machine, so that the same choices are made.
static float rough_log2(uint32_t value) {
    float number = (float)value;
    uint32_t bits;
    memcpy(&bits, &number, 4);
    float exponent = (float)((int)(bits >> 23) - 127);
    bits = (bits & 0x007FFFFF) | 0x3F800000;
    memcpy(&number, &bits, 4);
    // Cubic through log2 at 1, 4/3, 5/3 and 2, and its like with the next power.
    float x = number - 1;
    return exponent + x * (1.4387f + x * (-0.6778f + x * (0.3218f - x * 0.0827f)));
}

// Bits that an ideal code takes, and how many different bytes there are.
static float entropy_bits(const uint32_t histogram[256], size_t count, int *kinds) {
    float sum = 0;
    int found = 0;
    for (int v = 0; v < 256; v++) {
        uint32_t seen = histogram[v];
        if (!seen) continue;
        found++;
        sum += (float)seen * rough_log2(seen);
    }
    *kinds = found;
    return found > 1 ? (float)count * rough_log2((uint32_t)count) - sum : 0;
}

// MARK: Runs

static void put_run(byte_writer *out, int tag, const uint8_t *bytes, size_t count,
                    const uint32_t histogram[256]) {
    int kinds;
    float bits = entropy_bits(histogram, count, &kinds);
    if (count > 0 && kinds == 1) {
        put_byte(out, (uint8_t)(tag | RUN_CONSTANT));
        put_byte(out, bytes[0]);
        return;
    }
    if (count < 64 || bits > (float)count * 8 * 0.985f) {
        put_byte(out, (uint8_t)(tag | RUN_RAW));
        put(out, bytes, count);
        return;
    }
    put_byte(out, (uint8_t)(tag | RUN_HUFFMAN));
    if (!out->failed) huffman_encode(out, bytes, count, histogram);
}

static int take_run(byte_reader *in, int kind, uint8_t *bytes, size_t count) {
    size_t left = (size_t)(in->end - in->at);
    switch (kind) {
    case RUN_RAW:
        if (left < count) return -1;
        memcpy(bytes, in->at, count);
        in->at += count;
        return 0;
    case RUN_CONSTANT:
        if (left < 1) return -1;
        memset(bytes, *in->at++, count);
        return 0;
    case RUN_HUFFMAN: return huffman_decode(in, bytes, count);
    default: return -1;
    }
}

// MARK: Choosing

#define SAMPLE_RUN ((size_t)512)
#define SAMPLE_COUNT (16 * SAMPLE_RUN)

// Bits that a Huffman code over this histogram takes, from a sample: its entropy with the bias of
// few samples taken off, and not below one bit a symbol.
static float estimated_bits(const uint32_t histogram[256], size_t count) {
    int kinds;
    float bits = entropy_bits(histogram, count, &kinds);
    if (kinds < 2) return 0;
    bits += (float)(kinds - 1) * 0.72f;
    return bits > (float)count ? bits : (float)count;
}

static int is_noise(const uint32_t histogram[256], size_t count) {
    double squares = 0;
    for (int v = 0; v < 256; v++) squares += (double)histogram[v] * histogram[v];
    double even = (double)count * (double)count / 256;
    return count >= 4096 && squares - (double)count < even * 1.03;
}

// The packing whose sample costs least, or -1 for noise.
static int choose_packing(const uint8_t *bytes, size_t count, uint8_t *scratch, int is_fast) {
    uint8_t *sample = scratch, *packed = sample + SAMPLE_COUNT + 8;
    uint8_t *escapes = packed + SAMPLE_COUNT + 8;
    size_t taken = count < SAMPLE_COUNT ? count : SAMPLE_COUNT;
    if (count <= SAMPLE_COUNT) {
        memcpy(sample, bytes, count);
    } else {
        size_t stride = (count - SAMPLE_RUN) / (SAMPLE_COUNT / SAMPLE_RUN - 1);
        for (size_t k = 0; k < SAMPLE_COUNT / SAMPLE_RUN; k++) {
            memcpy(sample + k * SAMPLE_RUN, bytes + k * stride, SAMPLE_RUN);
        }
    }
    uint32_t histogram[256];
    histogram_of(sample, taken, histogram);
    if (is_noise(histogram, taken)) return -1;
    int kinds;
    float bits_each = entropy_bits(histogram, taken, &kinds) / (float)taken;
    if (bits_each > 5.5f || kinds < 2) return 0;
    float best = estimated_bits(histogram, taken);
    int chosen = 0, first = bits_each > 1 ? 1 : 2, last = bits_each > 3 ? 1 : first + 1;
    for (int packing = first; packing <= last; packing++) {
        size_t factor = pack_factor[packing], packed_count = (taken + factor - 1) / factor;
        size_t listed = pack(packing, sample, taken, packed, escapes, is_fast);
        histogram_of(packed, packed_count, histogram);
        float bits = estimated_bits(histogram, packed_count);
        histogram_of(escapes, listed, histogram);
        bits += listed ? estimated_bits(histogram, listed) : 0;
        // Neighbours are alike, which a sample of bytes does not see and packed ones have: a tie
        // goes to the denser packing.
        if (bits < best * 1.02f) {
            best = bits;
            chosen = packing;
        }
    }
    return chosen;
}

// MARK: Blocks

static void encode_block(byte_writer *out, const uint8_t *bytes, size_t count, uint8_t *scratch) {
    int packing = choose_packing(bytes, count, scratch, out->is_fast);
    uint32_t histogram[256];
    if (packing < 0) {
        put_byte(out, RUN_RAW);
        put(out, bytes, count);
        return;
    }
    if (packing == 0) {
        histogram_of(bytes, count, histogram);
        put_run(out, 0, bytes, count, histogram);
        return;
    }
    uint8_t *packed = scratch, *escapes = scratch + BLOCK_COUNT + 64;
    size_t listed = pack(packing, bytes, count, packed, escapes, out->is_fast);
    size_t packed_count = (count + pack_factor[packing] - 1) / pack_factor[packing];
    histogram_of(packed, packed_count, histogram);
    put_run(out, packing << 4, packed, packed_count, histogram);
    uint8_t number[3] = {(uint8_t)listed, (uint8_t)(listed >> 8), (uint8_t)(listed >> 16)};
    put(out, number, 3);
    histogram_of(escapes, listed, histogram);
    if (listed) put_run(out, 0, escapes, listed, histogram);
}

static int decode_block(byte_reader *in, uint8_t *bytes, size_t count, uint8_t *scratch) {
    if (in->at >= in->end) return -1;
    int tag = *in->at++, packing = tag >> 4;
    if (packing > 3) return -1;
    if (packing == 0) return take_run(in, tag, bytes, count);
    uint8_t *packed = scratch, *escapes = scratch + BLOCK_COUNT + 64;
    size_t packed_count = (count + pack_factor[packing] - 1) / pack_factor[packing];
    if (take_run(in, tag & 15, packed, packed_count)) return -1;
    if (in->end - in->at < 3) return -1;
    size_t listed = in->at[0] | (size_t)in->at[1] << 8 | (size_t)in->at[2] << 16;
    in->at += 3;
    if (listed > count) return -1;
    if (listed) {
        if (in->at >= in->end) return -1;
        int kind = *in->at++;
        if (take_run(in, kind, escapes, listed)) return -1;
    }
    return unpack(packing, packed, escapes, listed, bytes, count, in->is_fast);
}

void entropy_encode(byte_writer *out, const uint8_t *bytes, size_t count, uint8_t *scratch) {
    for (size_t at = 0; at < count && !out->failed; at += BLOCK_COUNT) {
        size_t rest = count - at;
        encode_block(out, bytes + at, rest < BLOCK_COUNT ? rest : BLOCK_COUNT, scratch);
    }
}

int entropy_decode(byte_reader *in, uint8_t *bytes, size_t count, uint8_t *scratch) {
    for (size_t at = 0; at < count; at += BLOCK_COUNT) {
        size_t rest = count - at;
        if (decode_block(in, bytes + at, rest < BLOCK_COUNT ? rest : BLOCK_COUNT, scratch)) {
            return -1;
        }
    }
    return 0;
}
