// What a level does element by element. Included once for each width, inside of one for each level:
// LEVEL names the level, TARGET its instructions, BITS the width, WORD and SIGNED its types.

#define JOIN3(a, b, c) a##_##b##_##c
#define NAME2(name, bits, level) JOIN3(name, bits, level)
#define NAME(name) NAME2(name, BITS, LEVEL)
#define SIGN ((WORD)1 << (BITS - 1))

// Order of the numbers that the bits stand for, as unsigned integers.
#define ORDERED(x) ((WORD)((x) ^ ((WORD)((SIGNED)(x) >> (BITS - 1)) | SIGN)))
#define UNORDERED(m) ((WORD)((m) ^ ((WORD) ~(WORD)((SIGNED)(m) >> (BITS - 1)) | SIGN)))

TARGET static void NAME(difference)(const uint8_t *bytes, const uint8_t *parent, size_t count,
                                    WORD *out) {
    for (size_t i = 0; i < count; i++) {
        WORD x, y;
        memcpy(&x, bytes + i * sizeof x, sizeof x);
        memcpy(&y, parent + i * sizeof y, sizeof y);
        WORD d = (WORD)(ORDERED(x) - ORDERED(y));
        out[i] = (WORD)((WORD)(d << 1) ^ (WORD)((SIGNED)d >> (BITS - 1)));
    }
}

TARGET static void NAME(sum)(const WORD *differences, const uint8_t *parent, size_t count,
                             uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        WORD y, z = differences[i];
        memcpy(&y, parent + i * sizeof y, sizeof y);
        WORD m = (WORD)(ORDERED(y) + (WORD)((WORD)(z >> 1) ^ (WORD)(0 - (z & 1))));
        WORD x = UNORDERED(m);
        memcpy(out + i * sizeof x, &x, sizeof x);
    }
}

TARGET static void NAME(rotate)(const uint8_t *bytes, size_t count, WORD *out) {
    for (size_t i = 0; i < count; i++) {
        WORD x;
        memcpy(&x, bytes + i * sizeof x, sizeof x);
        out[i] = (WORD)((WORD)(x << 1) | (WORD)(x >> (BITS - 1)));
    }
}

TARGET static void NAME(rotate_back)(const WORD *rotated, size_t count, uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        WORD x = (WORD)((WORD)(rotated[i] >> 1) | (WORD)(rotated[i] << (BITS - 1)));
        memcpy(out + i * sizeof x, &x, sizeof x);
    }
}

TARGET static void NAME(plane)(const WORD *words, size_t count, unsigned shift, uint8_t *out) {
    for (size_t i = 0; i < count; i++) out[i] = (uint8_t)(words[i] >> shift);
}

TARGET static void NAME(join)(const uint8_t *planes, size_t stride, size_t count, WORD *out) {
    for (size_t i = 0; i < count; i++) {
        WORD x = 0;
        for (unsigned k = 0; k < BITS / 8; k++) x |= (WORD)((WORD)planes[k * stride + i] << (8 * k));
        out[i] = x;
    }
}

TARGET static unsigned NAME(highest_exponent)(const uint8_t *parent, size_t count,
                                              unsigned mantissa_bits) {
    WORD highest = 0;
    for (size_t i = 0; i < count; i++) {
        WORD y;
        memcpy(&y, parent + i * sizeof y, sizeof y);
        y = (WORD)(y & (WORD)(SIGN - 1));
        highest = y > highest ? y : highest;
    }
    return (unsigned)(highest >> mantissa_bits);
}

// One byte each: 7 at the highest exponent, less below it, 0 far below.
TARGET static void NAME(contexts)(const uint8_t *parent, size_t count, unsigned mantissa_bits,
                                  unsigned highest, uint8_t *out) {
    const unsigned base = highest > 7 ? highest - 7 : 0;
    for (size_t i = 0; i < count; i++) {
        WORD y;
        memcpy(&y, parent + i * sizeof y, sizeof y);
        WORD exponent = (WORD)((WORD)(y & (WORD)(SIGN - 1)) >> mantissa_bits);
        WORD above = exponent > (WORD)base ? (WORD)(exponent - (WORD)base) : (WORD)0;
        out[i] = (uint8_t)(above < 7 ? above : 7);
    }
}

TARGET static void NAME(scatter)(const WORD *words, const uint8_t *contexts, size_t count,
                                 WORD *parts[CONTEXTS]) {
    WORD *at[CONTEXTS];
    for (int c = 0; c < CONTEXTS; c++) at[c] = parts[c];
    size_t i = 0;
#ifdef SCATTER_VECTOR
    i = NAME(scatter_vector)(words, contexts, count, at);
#endif
    for (; i < count; i++) *at[contexts[i]]++ = words[i];
}

TARGET static void NAME(gather)(WORD *const parts[CONTEXTS], const uint8_t *contexts, size_t count,
                                WORD *words) {
    const WORD *at[CONTEXTS];
    for (int c = 0; c < CONTEXTS; c++) at[c] = parts[c];
    size_t i = 0;
#ifdef SCATTER_VECTOR
    i = NAME(gather_vector)(at, contexts, count, words);
#endif
    for (; i < count; i++) words[i] = *at[contexts[i]]++;
}

static size_t NAME(encode_self)(const uint8_t *bytes, size_t count, byte_writer *out,
                                uint8_t *scratch) {
    const size_t n = count / sizeof(WORD);
    WORD *words = (WORD *)scratch;
    uint8_t *plane = scratch + SPAN(count), *rest = plane + SPAN(count);
    NAME(rotate)(bytes, n, words);
    for (unsigned k = 0; k < sizeof(WORD); k++) {
        NAME(plane)(words, n, 8 * k, plane);
        entropy_encode(out, plane, n, rest);
    }
    return n * sizeof(WORD);
}

static size_t NAME(decode_self)(byte_reader *in, uint8_t *bytes, size_t count, uint8_t *scratch) {
    const size_t n = count / sizeof(WORD);
    WORD *words = (WORD *)scratch;
    uint8_t *planes = scratch + SPAN(count), *rest = planes + SPAN(count);
    for (unsigned k = 0; k < sizeof(WORD); k++) {
        if (entropy_decode(in, planes + k * n, n, rest)) return (size_t)-1;
    }
    NAME(join)(planes, n, n, words);
    NAME(rotate_back)(words, n, bytes);
    return n * sizeof(WORD);
}

// Where each context's words go: behind one another, with room for a vector that runs over.
static void NAME(part)(WORD *start, const size_t counts[CONTEXTS], WORD *parts[CONTEXTS]) {
    for (int c = 0; c < CONTEXTS; c++) {
        parts[c] = start;
        start += counts[c] + 64 / sizeof(WORD);
    }
}

static void NAME(count_contexts)(const uint8_t *contexts, size_t n, size_t counts[CONTEXTS]) {
    uint32_t histogram[256];
    histogram_of(contexts, n, histogram);
    for (int c = 0; c < CONTEXTS; c++) counts[c] = histogram[c];
}

static size_t NAME(encode_delta)(const uint8_t *bytes, const uint8_t *parent, size_t count,
                                 unsigned mantissa_bits, byte_writer *out, uint8_t *scratch) {
    const size_t n = count / sizeof(WORD);
    WORD *words = (WORD *)scratch;
    uint8_t *contexts = scratch + SPAN(count), *plane = contexts + SPAN(count);
    WORD *parted = (WORD *)(plane + SPAN(count));
    uint8_t *rest = (uint8_t *)parted + SPAN(count);
    NAME(difference)(bytes, parent, n, words);
    if (mantissa_bits == 0) {
        for (unsigned k = 0; k < sizeof(WORD); k++) {
            NAME(plane)(words, n, 8 * k, plane);
            entropy_encode(out, plane, n, rest);
        }
        return n * sizeof(WORD);
    }
    unsigned highest = NAME(highest_exponent)(parent, n, mantissa_bits);
    NAME(contexts)(parent, n, mantissa_bits, highest, contexts);
    size_t counts[CONTEXTS];
    WORD *parts[CONTEXTS];
    NAME(count_contexts)(contexts, n, counts);
    NAME(part)(parted, counts, parts);
    NAME(scatter)(words, contexts, n, parts);
    for (int c = 0; c < CONTEXTS; c++) {
        for (unsigned k = 0; k < sizeof(WORD); k++) {
            NAME(plane)(parts[c], counts[c], 8 * k, plane);
            entropy_encode(out, plane, counts[c], rest);
        }
    }
    return n * sizeof(WORD);
}

static size_t NAME(decode_delta)(byte_reader *in, const uint8_t *parent, uint8_t *bytes,
                                 size_t count, unsigned mantissa_bits, uint8_t *scratch) {
    const size_t n = count / sizeof(WORD);
    WORD *words = (WORD *)scratch;
    uint8_t *contexts = scratch + SPAN(count), *planes = contexts + SPAN(count);
    WORD *parted = (WORD *)(planes + SPAN(count));
    uint8_t *rest = (uint8_t *)parted + SPAN(count);
    if (mantissa_bits == 0) {
        for (unsigned k = 0; k < sizeof(WORD); k++) {
            if (entropy_decode(in, planes + k * n, n, rest)) return (size_t)-1;
        }
        NAME(join)(planes, n, n, words);
        NAME(sum)(words, parent, n, bytes);
        return n * sizeof(WORD);
    }
    unsigned highest = NAME(highest_exponent)(parent, n, mantissa_bits);
    NAME(contexts)(parent, n, mantissa_bits, highest, contexts);
    size_t counts[CONTEXTS];
    WORD *parts[CONTEXTS];
    NAME(count_contexts)(contexts, n, counts);
    NAME(part)(parted, counts, parts);
    for (int c = 0; c < CONTEXTS; c++) {
        for (unsigned k = 0; k < sizeof(WORD); k++) {
            if (entropy_decode(in, planes + k * counts[c], counts[c], rest)) return (size_t)-1;
        }
        NAME(join)(planes, counts[c], counts[c], parts[c]);
    }
    NAME(gather)(parts, contexts, n, words);
    NAME(sum)(words, parent, n, bytes);
    return n * sizeof(WORD);
}

#undef SCATTER_VECTOR
#undef ORDERED
#undef UNORDERED
#undef SIGN
#undef NAME
#undef NAME2
#undef JOIN3
#undef BITS
#undef WORD
#undef SIGNED
