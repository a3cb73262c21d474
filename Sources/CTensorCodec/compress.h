// Parting words by context, a vector at a time: one compress and one store for each context. The
// result is compressed in a register first: compressing into memory is many times slower on Zen 4.

TARGET static size_t scatter_vector_16_avx512(const uint16_t *words, const uint8_t *contexts,
                                              size_t count, uint16_t *at[CONTEXTS]) {
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        __m512i word = _mm512_loadu_si512(words + i);
        __m256i context = _mm256_loadu_si256((const __m256i *)(contexts + i));
        for (int c = 0; c < CONTEXTS; c++) {
            __mmask32 mask = _mm256_cmpeq_epi8_mask(context, _mm256_set1_epi8((char)c));
            _mm512_storeu_si512(at[c], _mm512_maskz_compress_epi16(mask, word));
            at[c] += _mm_popcnt_u32(mask);
        }
    }
    return i;
}

TARGET static size_t gather_vector_16_avx512(const uint16_t *at[CONTEXTS], const uint8_t *contexts,
                                             size_t count, uint16_t *words) {
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        __m512i word = _mm512_setzero_si512();
        __m256i context = _mm256_loadu_si256((const __m256i *)(contexts + i));
        for (int c = 0; c < CONTEXTS; c++) {
            __mmask32 mask = _mm256_cmpeq_epi8_mask(context, _mm256_set1_epi8((char)c));
            word = _mm512_mask_expand_epi16(word, mask, _mm512_loadu_si512(at[c]));
            at[c] += _mm_popcnt_u32(mask);
        }
        _mm512_storeu_si512(words + i, word);
    }
    return i;
}

TARGET static size_t scatter_vector_32_avx512(const uint32_t *words, const uint8_t *contexts,
                                              size_t count, uint32_t *at[CONTEXTS]) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m512i word = _mm512_loadu_si512(words + i);
        __m128i context = _mm_loadu_si128((const __m128i *)(contexts + i));
        for (int c = 0; c < CONTEXTS; c++) {
            __mmask16 mask = _mm_cmpeq_epi8_mask(context, _mm_set1_epi8((char)c));
            _mm512_storeu_si512(at[c], _mm512_maskz_compress_epi32(mask, word));
            at[c] += _mm_popcnt_u32(mask);
        }
    }
    return i;
}

TARGET static size_t gather_vector_32_avx512(const uint32_t *at[CONTEXTS], const uint8_t *contexts,
                                             size_t count, uint32_t *words) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m512i word = _mm512_setzero_si512();
        __m128i context = _mm_loadu_si128((const __m128i *)(contexts + i));
        for (int c = 0; c < CONTEXTS; c++) {
            __mmask16 mask = _mm_cmpeq_epi8_mask(context, _mm_set1_epi8((char)c));
            word = _mm512_mask_expand_epi32(word, mask, _mm512_loadu_si512(at[c]));
            at[c] += _mm_popcnt_u32(mask);
        }
        _mm512_storeu_si512(words + i, word);
    }
    return i;
}
