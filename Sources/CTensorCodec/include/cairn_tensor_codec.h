// Lossless codes for chunks of tensors, alone or given the same tensor of another version.
//
// Pure: bytes in, bytes out, no allocation, no state. Every level gives the same bytes. A decoder
// takes any bytes: it fails on what no encoder wrote, and never reads or writes outside of what it
// was given. What it does not notice, the digest of the chunk will.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Which instructions a call may use; a higher one than the processor has is lowered.
typedef enum {
    CAIRN_CODEC_BASELINE = 0,
    CAIRN_CODEC_AVX2 = 1,
    CAIRN_CODEC_AVX512 = 2,
} cairn_codec_level;

cairn_codec_level cairn_codec_best_level(void);

// What the elements of a chunk are. Bytes behind the last whole element are kept as they are.
typedef struct {
    uint8_t width;         // bytes of an element: 1, 2, 4 or 8
    uint8_t mantissa_bits; // explicit ones, the exponent lies above up to the sign; 0: no float
} cairn_codec_element;

// Scratch that a call over `count` bytes needs, in bytes; any alignment.
size_t cairn_codec_scratch(size_t count);

// Each encoder writes at most `capacity` bytes and answers how many; 0: it would have been more.

// Byte planes, the sign rotated to the end, each plane coded by itself.
size_t cairn_codec_encode_self(cairn_codec_level level, cairn_codec_element element,
                               const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity,
                               uint8_t *scratch);

// Differences to `parent` (also `count` bytes) in units of the last place. With contexts, what the
// parent's exponent says about their size is used.
size_t cairn_codec_encode_delta(cairn_codec_level level, cairn_codec_element element, int contexts,
                                const uint8_t *bytes, const uint8_t *parent, size_t count,
                                uint8_t *out, size_t capacity, uint8_t *scratch);

// Each decoder answers 0, or -1 when `payload` is damaged; `out` holds anything then.

int cairn_codec_decode_self(cairn_codec_level level, cairn_codec_element element,
                            const uint8_t *payload, size_t payload_count, uint8_t *out,
                            size_t count, uint8_t *scratch);

int cairn_codec_decode_delta(cairn_codec_level level, cairn_codec_element element, int contexts,
                             const uint8_t *payload, size_t payload_count, const uint8_t *parent,
                             uint8_t *out, size_t count, uint8_t *scratch);

// float32 to nearest-even bfloat16 or float16, `count` elements; a NaN keeps its upper bits, as
// torch casts it for float16, and becomes the quiet one of its sign for bfloat16.
void cairn_codec_cast_bfloat16(const uint8_t *float32, size_t count, uint8_t *out);
void cairn_codec_cast_float16(const uint8_t *float32, size_t count, uint8_t *out);

// Whether all `width`-byte elements are the same; `count` is a multiple of `width`.
int cairn_codec_is_fill(const uint8_t *bytes, size_t count, size_t width);
