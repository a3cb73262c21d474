// Canonical Huffman codes of at most 11 bits over bytes, in four streams side by side.
#pragma once
#include "entropy.h"

#define HUFFMAN_BITS 11

// What is known before coding: how often each byte occurs among `count` of them.
void histogram_of(const uint8_t *bytes, size_t count, uint32_t histogram[256]);

// Writes lengths and streams. At least two different bytes occur.
void huffman_encode(byte_writer *out, const uint8_t *bytes, size_t count,
                    const uint32_t histogram[256]);

// 0, or -1 on damage. Writes `count` bytes.
int huffman_decode(byte_reader *in, uint8_t *bytes, size_t count);
