#include "cairn_tensor_codec.h"

#include <string.h>

#include "entropy.h"
#include "huffman.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define CONTEXTS 8
// Room for `count` bytes cut in eight parts, each with a vector's width to run over, aligned.
#define SPAN(count) (((count) + CONTEXTS * 64 + 63) / 64 * 64)

size_t cairn_codec_scratch(size_t count) { return 4 * SPAN(count) + ENTROPY_SCRATCH + 64; }

// MARK: Levels

#define LEVEL baseline
#define TARGET
#include "widths.h"
#undef LEVEL
#undef TARGET

#if defined(__x86_64__)
#define LEVEL avx2
#define TARGET __attribute__((target("avx2,bmi,bmi2")))
#include "widths.h"
#undef LEVEL
#undef TARGET

#define LEVEL avx512
#define TARGET                                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))
#include "compress.h"
#define HAS_COMPRESS
#include "widths.h"
#undef HAS_COMPRESS
#undef LEVEL
#undef TARGET
#endif

cairn_codec_level cairn_codec_best_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2")) {
        return CAIRN_CODEC_AVX512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return CAIRN_CODEC_AVX2;
#endif
    return CAIRN_CODEC_BASELINE;
}

static cairn_codec_level lowered(cairn_codec_level level) {
    cairn_codec_level best = cairn_codec_best_level();
    return level < best ? level : best;
}

#if defined(__x86_64__)
#define BY_LEVEL(name, bits, ...)                                                                  \
    (level == CAIRN_CODEC_AVX512 ? name##_##bits##_avx512(__VA_ARGS__)                             \
     : level == CAIRN_CODEC_AVX2 ? name##_##bits##_avx2(__VA_ARGS__)                               \
                                 : name##_##bits##_baseline(__VA_ARGS__))
#else
#define BY_LEVEL(name, bits, ...) ((void)level, name##_##bits##_baseline(__VA_ARGS__))
#endif
#define BY_WIDTH(name, ...)                                                                        \
    (element.width == 1   ? BY_LEVEL(name, 8, __VA_ARGS__)                                         \
     : element.width == 2 ? BY_LEVEL(name, 16, __VA_ARGS__)                                        \
     : element.width == 4 ? BY_LEVEL(name, 32, __VA_ARGS__)                                        \
                          : BY_LEVEL(name, 64, __VA_ARGS__))

static uint8_t *aligned(uint8_t *scratch) {
    return (uint8_t *)(((uintptr_t)scratch + 63) / 64 * 64);
}

static unsigned model_of(cairn_codec_element element, int contexts) {
    return contexts ? element.mantissa_bits : 0;
}

// MARK: Calls

static size_t finished(byte_writer *out, const uint8_t *start, const uint8_t *bytes, size_t from,
                       size_t count) {
    size_t tail = count - from;
    if (out->failed || (size_t)(out->end - out->at) < tail) return 0;
    memcpy(out->at, bytes + from, tail);
    return (size_t)(out->at + tail - start);
}

static int ended(byte_reader *in, size_t from, uint8_t *out, size_t count) {
    if (from > count || (size_t)(in->end - in->at) != count - from) return -1;
    memcpy(out + from, in->at, count - from);
    return 0;
}

size_t cairn_codec_encode_self(cairn_codec_level level, cairn_codec_element element,
                               const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity,
                               uint8_t *scratch) {
    level = lowered(level);
    scratch = aligned(scratch);
    byte_writer writer = {out, out + capacity, 0, level == CAIRN_CODEC_AVX512};
    size_t done = BY_WIDTH(encode_self, bytes, count, &writer, scratch);
    return finished(&writer, out, bytes, done, count);
}

size_t cairn_codec_encode_delta(cairn_codec_level level, cairn_codec_element element, int contexts,
                                const uint8_t *bytes, const uint8_t *parent, size_t count,
                                uint8_t *out, size_t capacity, uint8_t *scratch) {
    level = lowered(level);
    scratch = aligned(scratch);
    byte_writer writer = {out, out + capacity, 0, level == CAIRN_CODEC_AVX512};
    unsigned model = model_of(element, contexts);
    size_t done = BY_WIDTH(encode_delta, bytes, parent, count, model, &writer, scratch);
    return finished(&writer, out, bytes, done, count);
}

int cairn_codec_decode_self(cairn_codec_level level, cairn_codec_element element,
                            const uint8_t *payload, size_t payload_count, uint8_t *out,
                            size_t count, uint8_t *scratch) {
    level = lowered(level);
    scratch = aligned(scratch);
    byte_reader reader = {payload, payload + payload_count,
                          level == CAIRN_CODEC_AVX512};
    size_t done = BY_WIDTH(decode_self, &reader, out, count, scratch);
    return ended(&reader, done, out, count);
}

int cairn_codec_decode_delta(cairn_codec_level level, cairn_codec_element element, int contexts,
                             const uint8_t *payload, size_t payload_count, const uint8_t *parent,
                             uint8_t *out, size_t count, uint8_t *scratch) {
    level = lowered(level);
    scratch = aligned(scratch);
    byte_reader reader = {payload, payload + payload_count,
                          level == CAIRN_CODEC_AVX512};
    unsigned model = model_of(element, contexts);
    size_t done = BY_WIDTH(decode_delta, &reader, parent, out, count, model, scratch);
    return ended(&reader, done, out, count);
}

int cairn_codec_is_fill(const uint8_t *bytes, size_t count, size_t width) {
    return count >= 2 * width && memcmp(bytes, bytes + width, count - width) == 0;
}

// MARK: Casts

void cairn_codec_cast_bfloat16(const uint8_t *float32, size_t count, uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        uint32_t x;
        memcpy(&x, float32 + 4 * i, 4);
        uint32_t rounded = (x + 0x7FFF + (x >> 16 & 1)) >> 16;
        uint16_t y = (uint16_t)((x & 0x7FFFFFFF) > 0x7F800000 ? 0x7FC0 : rounded);
        memcpy(out + 2 * i, &y, 2);
    }
}

void cairn_codec_cast_float16(const uint8_t *float32, size_t count, uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        uint32_t x;
        memcpy(&x, float32 + 4 * i, 4);
        uint32_t sign = x >> 16 & 0x8000, magnitude = x & 0x7FFFFFFF, y;
        if (magnitude > 0x7F800000) {
            y = 0x7E00;
        } else if (magnitude >= 0x477FF000) {
            y = 0x7C00;
        } else if (magnitude >= 0x38800000) {
            uint32_t rebased = magnitude - 0x38000000;
            y = (rebased + 0xFFF + (rebased >> 13 & 1)) >> 13;
        } else {
            // Below the least normal number: the float adder rounds to its last place.
            float value, half = 0.5f;
            memcpy(&value, &magnitude, 4);
            value += half;
            memcpy(&y, &value, 4);
            y -= 0x3F000000;
        }
        uint16_t result = (uint16_t)(sign | y);
        memcpy(out + 2 * i, &result, 2);
    }
}
