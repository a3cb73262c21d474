#include "huffman.h"

#include <string.h>

#define TABLE_COUNT (1u << HUFFMAN_BITS)
#define STREAMS 4

void histogram_of(const uint8_t *bytes, size_t count, uint32_t histogram[256]) {
    // Four tables: a byte that repeats does not wait for its own count.
    uint32_t parts[4][256];
    memset(parts, 0, sizeof parts);
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, 8);
        parts[0][word & 255]++;
        parts[1][word >> 8 & 255]++;
        parts[2][word >> 16 & 255]++;
        parts[3][word >> 24 & 255]++;
        parts[0][word >> 32 & 255]++;
        parts[1][word >> 40 & 255]++;
        parts[2][word >> 48 & 255]++;
        parts[3][word >> 56]++;
    }
    for (; i < count; i++) parts[0][bytes[i]]++;
    for (int v = 0; v < 256; v++) {
        histogram[v] = parts[0][v] + parts[1][v] + parts[2][v] + parts[3][v];
    }
}

// MARK: Lengths

typedef struct {
    uint32_t weight;
    uint16_t symbol;
} leaf;

static int sorted_leaves(const uint32_t histogram[256], leaf leaves[256]) {
    int count = 0;
    for (int v = 0; v < 256; v++) {
        if (histogram[v]) leaves[count++] = (leaf){histogram[v], (uint16_t)v};
    }
    static const int gaps[] = {132, 57, 23, 10, 4, 1};
    for (int g = 0; g < 6; g++) {
        for (int i = gaps[g]; i < count; i++) {
            leaf moved = leaves[i];
            int j = i;
            for (; j >= gaps[g] && leaves[j - gaps[g]].weight > moved.weight; j -= gaps[g]) {
                leaves[j] = leaves[j - gaps[g]];
            }
            leaves[j] = moved;
        }
    }
    return count;
}

// Code lengths by the two-queue method, then shortened to fit: what is rarest pays.
static void code_lengths(const uint32_t histogram[256], uint8_t lengths[256]) {
    leaf leaves[256];
    int count = sorted_leaves(histogram, leaves);
    memset(lengths, 0, 256);
    uint32_t weight[511];
    int parent[511];
    for (int i = 0; i < count; i++) weight[i] = leaves[i].weight;
    int next_leaf = 0, next_node = count;
    for (int made = count; made < 2 * count - 1; made++) {
        int picked[2];
        for (int k = 0; k < 2; k++) {
            int takes_leaf =
                next_leaf < count && (next_node >= made || weight[next_leaf] <= weight[next_node]);
            picked[k] = takes_leaf ? next_leaf++ : next_node++;
            parent[picked[k]] = made;
        }
        weight[made] = weight[picked[0]] + weight[picked[1]];
    }
    uint8_t depth[511];
    depth[2 * count - 2] = 0;
    uint32_t kraft = 0;
    for (int i = 2 * count - 3; i >= 0; i--) {
        depth[i] = depth[parent[i]] < 255 ? depth[parent[i]] + 1 : 255;
        if (i < count) {
            if (depth[i] > HUFFMAN_BITS) depth[i] = HUFFMAN_BITS;
            kraft += TABLE_COUNT >> depth[i];
        }
    }
    while (kraft > TABLE_COUNT) {
        int i = 0;
        while (depth[i] == HUFFMAN_BITS) i++;
        kraft -= TABLE_COUNT >> (depth[i] + 1);
        depth[i]++;
    }
    // What that left free goes to the most frequent that it fits.
    for (int i = count - 1; i >= 0 && kraft < TABLE_COUNT; i--) {
        while (depth[i] > 1 && kraft + (TABLE_COUNT >> depth[i]) <= TABLE_COUNT) {
            kraft += TABLE_COUNT >> depth[i];
            depth[i]--;
        }
    }
    for (int i = 0; i < count; i++) lengths[leaves[i].symbol] = depth[i];
}

// Canonical codes, bits reversed: the first bit of a code is the lowest. Answers the Kraft sum.
static uint32_t codes_of(const uint8_t lengths[256], uint16_t codes[256]) {
    uint32_t counts[16] = {0}, next[16] = {0}, kraft = 0;
    for (int v = 0; v < 256; v++) counts[lengths[v]]++;
    counts[0] = 0;
    for (int bits = 1; bits <= HUFFMAN_BITS; bits++) {
        next[bits] = (next[bits - 1] + counts[bits - 1]) << 1;
        kraft += counts[bits] * (TABLE_COUNT >> bits);
    }
    for (int v = 0; v < 256; v++) {
        uint32_t code = lengths[v] ? next[lengths[v]]++ : 0, reversed = 0;
        for (int bit = 0; bit < lengths[v]; bit++) reversed |= (code >> bit & 1) << (lengths[v] - 1 - bit);
        codes[v] = (uint16_t)reversed;
    }
    return kraft;
}

// Lengths as nibbles, low one first: 0 to 11 a length, 12 to 14 two to four zeros, 15 and two
// nibbles five to 260 zeros. One count of symbols before them; what follows the last is zero.
static void put_lengths(byte_writer *out, const uint8_t lengths[256]) {
    uint8_t nibbles[260];
    int used = 0, last = 255;
    while (last > 0 && !lengths[last]) last--;
    for (int v = 0; v <= last;) {
        int zeros = 0;
        while (v + zeros <= last && !lengths[v + zeros]) zeros++;
        if (zeros >= 5) {
            nibbles[used++] = 15;
            nibbles[used++] = (zeros - 5) & 15;
            nibbles[used++] = (uint8_t)((zeros - 5) >> 4);
            v += zeros;
        } else if (zeros >= 2) {
            nibbles[used++] = (uint8_t)(10 + zeros);
            v += zeros;
        } else {
            nibbles[used++] = lengths[v++];
        }
    }
    if (used & 1) nibbles[used++] = 0;
    if (out->end - out->at < 1 + used / 2) {
        out->failed = 1;
        return;
    }
    *out->at++ = (uint8_t)last;
    for (int i = 0; i < used; i += 2) *out->at++ = (uint8_t)(nibbles[i] | nibbles[i + 1] << 4);
}

static int take_nibble(byte_reader *in, int *half) {
    if (in->at >= in->end) return -1;
    int value = *half ? *in->at >> 4 : *in->at & 15;
    if (*half) in->at++;
    *half ^= 1;
    return value;
}

static int take_lengths(byte_reader *in, uint8_t lengths[256]) {
    memset(lengths, 0, 256);
    if (in->at >= in->end) return -1;
    int last = *in->at++, half = 0;
    for (int v = 0; v <= last;) {
        int value = take_nibble(in, &half);
        if (value < 0) return -1;
        if (value <= HUFFMAN_BITS) {
            lengths[v++] = (uint8_t)value;
        } else if (value < 15) {
            v += value - 10;
        } else {
            int low = take_nibble(in, &half), high = take_nibble(in, &half);
            if (low < 0 || high < 0) return -1;
            v += 5 + low + (high << 4);
        }
        if (v > last + 1) return -1;
    }
    if (half) in->at++;
    return 0;
}

// MARK: Streams

typedef struct {
    uint16_t code;
    uint16_t length;
} symbol_code;

static uint8_t *put_stream(uint8_t *at, const uint8_t *bytes, size_t count,
                           const symbol_code codes[256]) {
    uint64_t word = 0;
    unsigned bits = 0;
    size_t i = 0;
    // Five codes of 11 bits and 7 bits from before are 62.
    for (; i + 5 <= count; i += 5) {
        for (int k = 0; k < 5; k++) {
            symbol_code code = codes[bytes[i + k]];
            word |= (uint64_t)code.code << bits;
            bits += code.length;
        }
        memcpy(at, &word, 8);
        at += bits >> 3;
        word >>= bits & ~7u;
        bits &= 7;
    }
    for (; i < count; i++) {
        symbol_code code = codes[bytes[i]];
        word |= (uint64_t)code.code << bits;
        bits += code.length;
    }
    while (bits > 0) {
        *at++ = (uint8_t)word;
        word >>= 8;
        bits = bits > 8 ? bits - 8 : 0;
    }
    return at;
}

void huffman_encode(byte_writer *out, const uint8_t *bytes, size_t count,
                    const uint32_t histogram[256]) {
    uint8_t lengths[256];
    uint16_t codes[256];
    code_lengths(histogram, lengths);
    codes_of(lengths, codes);
    symbol_code table[256];
    size_t bit_count = 0;
    for (int v = 0; v < 256; v++) {
        table[v] = (symbol_code){codes[v], lengths[v]};
        bit_count += (size_t)histogram[v] * lengths[v];
    }
    put_lengths(out, lengths);
    // A stream may end in a byte that is not full, and writing goes up to 8 bytes ahead.
    size_t most = bit_count / 8 + STREAMS + 3 * (STREAMS - 1) + 8;
    if (out->failed || (size_t)(out->end - out->at) < most) {
        out->failed = 1;
        return;
    }
    uint8_t *sizes = out->at, *at = out->at + 3 * (STREAMS - 1);
    size_t quarter = (count + STREAMS - 1) / STREAMS;
    for (size_t s = 0; s < STREAMS; s++) {
        size_t from = s * quarter < count ? s * quarter : count;
        size_t to = from + quarter < count ? from + quarter : count;
        uint8_t *end = put_stream(at, bytes + from, to - from, table);
        if (s < STREAMS - 1) {
            size_t size = (size_t)(end - at);
            for (int k = 0; k < 3; k++) sizes[3 * s + k] = (uint8_t)(size >> (8 * k));
        }
        at = end;
    }
    out->at = at;
}

typedef struct {
    const uint8_t *at;
    const uint8_t *end;
    uint64_t word;
    unsigned bits;
} bit_reader;

// A length of 0 marks what no code leads to.
typedef struct {
    uint8_t symbol;
    uint8_t length;
} table_entry;

static void refill_slowly(bit_reader *in) {
    while (in->bits <= 56 && in->at < in->end) {
        in->word |= (uint64_t)*in->at++ << in->bits;
        in->bits += 8;
    }
}

static int read_slowly(bit_reader *in, const table_entry *table, uint8_t *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        refill_slowly(in);
        table_entry entry = table[in->word & (TABLE_COUNT - 1)];
        if (!entry.length || entry.length > in->bits) return -1;
        out[i] = entry.symbol;
        in->word >>= entry.length;
        in->bits -= entry.length;
    }
    return 0;
}

#define REFILL(s)                                                                                  \
    {                                                                                              \
        uint64_t more;                                                                             \
        memcpy(&more, in[s].at, 8);                                                                \
        word##s |= more << bits##s;                                                                \
        in[s].at += (63 - bits##s) >> 3;                                                           \
        bits##s |= 56;                                                                             \
    }
#define STEP(s, k)                                                                                 \
    {                                                                                              \
        table_entry entry = table[word##s & (TABLE_COUNT - 1)];                                    \
        out##s[i + k] = entry.symbol;                                                              \
        word##s >>= entry.length;                                                                  \
        bits##s -= entry.length;                                                                   \
    }
#define ALL(k) STEP(0, k) STEP(1, k) STEP(2, k) STEP(3, k)

// Five symbols of each stream at a time, while every stream has 8 bytes left. A damaged code has
// length 0 here and stands still; the slow end of the stream notices.
static size_t read_fast(bit_reader in[STREAMS], const table_entry *table, uint8_t *out,
                        size_t quarter, size_t common) {
    uint64_t word0 = 0, word1 = 0, word2 = 0, word3 = 0;
    unsigned bits0 = 0, bits1 = 0, bits2 = 0, bits3 = 0;
    uint8_t *out0 = out, *out1 = out + quarter, *out2 = out1 + quarter, *out3 = out2 + quarter;
    size_t i = 0;
    while (i + 5 <= common && in[0].end - in[0].at >= 8 && in[1].end - in[1].at >= 8 &&
           in[2].end - in[2].at >= 8 && in[3].end - in[3].at >= 8) {
        REFILL(0) REFILL(1) REFILL(2) REFILL(3)
        ALL(0) ALL(1) ALL(2) ALL(3) ALL(4)
        i += 5;
    }
    in[0].word = word0, in[0].bits = bits0;
    in[1].word = word1, in[1].bits = bits1;
    in[2].word = word2, in[2].bits = bits2;
    in[3].word = word3, in[3].bits = bits3;
    // Bits above the count may hold part of a byte that is read again.
    for (int s = 0; s < STREAMS; s++) in[s].word &= ((uint64_t)1 << in[s].bits) - 1;
    return i;
}

static int make_table(const uint8_t lengths[256], table_entry *table) {
    uint16_t codes[256];
    if (codes_of(lengths, codes) > TABLE_COUNT) return -1;
    memset(table, 0, TABLE_COUNT * sizeof *table);
    for (int v = 0; v < 256; v++) {
        if (!lengths[v]) continue;
        for (uint32_t at = codes[v]; at < TABLE_COUNT; at += 1u << lengths[v]) {
            table[at] = (table_entry){(uint8_t)v, lengths[v]};
        }
    }
    return 0;
}

int huffman_decode(byte_reader *in, uint8_t *bytes, size_t count) {
    uint8_t lengths[256];
    table_entry table[TABLE_COUNT];
    if (take_lengths(in, lengths) || make_table(lengths, table)) return -1;
    const size_t prefix = 3 * (STREAMS - 1);
    if ((size_t)(in->end - in->at) < prefix) return -1;
    const uint8_t *at = in->at + prefix;
    bit_reader streams[STREAMS];
    for (size_t s = 0; s < STREAMS; s++) {
        size_t size = (size_t)(in->end - at);
        if (s < STREAMS - 1) {
            const uint8_t *stated = in->at + 3 * s;
            size_t wanted = stated[0] | (size_t)stated[1] << 8 | (size_t)stated[2] << 16;
            if (wanted > size) return -1;
            size = wanted;
        }
        streams[s] = (bit_reader){at, at + size, 0, 0};
        at += size;
    }
    size_t quarter = (count + STREAMS - 1) / STREAMS;
    size_t last = 3 * quarter < count ? count - 3 * quarter : 0;
    size_t done = last ? read_fast(streams, table, bytes, quarter, last) : 0;
    for (size_t s = 0; s < STREAMS; s++) {
        size_t from = s * quarter < count ? s * quarter : count;
        size_t to = from + quarter < count ? from + quarter : count;
        if (from + done > to) return -1;
        if (read_slowly(&streams[s], table, bytes + from + done, to - from - done)) return -1;
    }
    // The last stream's end is known by having read it.
    bit_reader *tail = &streams[STREAMS - 1];
    in->at = tail->at - tail->bits / 8;
    return 0;
}
