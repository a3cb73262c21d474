// Where words of ASCII texts begin and end. Included once for each level.

// Of 64 bytes, which belong to a word: the first is the lowest bit.
INLINE uint64_t NAME(letters)(u8x64 bytes) {
    // White space as Python has it: 0x09 to 0x0D and 0x1C to 0x20.
    const u8x64 spaces = (u8x64)(bytes - 0x09 < 5) | (u8x64)(bytes - 0x1C < 5);
    const bits64 letters = __builtin_convertvector(~spaces, bits64);
    uint64_t word;
    memcpy(&word, &letters, sizeof word);
    return word;
}

static size_t NAME(word_edges)(const uint8_t *text, size_t count, uint32_t *edges) {
    // So many are written at once: where a loop of as many as there are would end, nobody can guess.
    enum { STEP = 8 };
    u8x64 all = {0};
    uint64_t before = 0; // whether the byte before belongs to a word
    size_t made = 0;
    for (size_t start = 0; start <= count; start += 64) {
        u8x64 bytes;
        memcpy(&bytes, text + start, sizeof bytes);
        all |= bytes;
        const uint64_t letters = NAME(letters)(bytes);
        uint64_t changes = letters ^ (letters << 1 | before);
        before = letters >> 63;
        const size_t own = (size_t)__builtin_popcountll(changes);
        for (size_t i = 0; i < own; i += STEP) {
            for (size_t j = 0; j < STEP; j++) {
                // Behind the last change there is no bit, and what is written is not looked at.
                const int place = __builtin_ctzll(changes | (uint64_t)1 << 63);
                edges[made + i + j] = (uint32_t)start + (uint32_t)place;
                // One by one: put together into a vector they take longer.
                __asm__("" : : : "memory");
                changes &= changes - 1;
            }
        }
        made += own;
    }
    return any((i64x8)(all & 0x80)) ? SIZE_MAX : made;
}
