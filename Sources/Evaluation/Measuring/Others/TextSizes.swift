/// Bytes and words of the expected texts of a block.
extension LikelihoodMeter {
    struct Sizes {
        let bytes: [Int32]
        /// Between white space, as Python's `str.split` has it.
        let words: [Int32]

        init(_ texts: TextColumn, _ places: ExamplePlaces, _ count: Int) {
            var (bytes, words) = ([Int32](), [Int32]())
            bytes.reserveCapacity(count)
            words.reserveCapacity(count)
            for row in 0..<count {
                let text = texts[places.place(row)]
                bytes.append(Int32(clamping: text.count))
                words.append(Int32(clamping: Self.wordCount(text)))
            }
            (self.bytes, self.words) = (bytes, words)
        }

        private static func wordCount(_ text: ArraySlice<UInt8>) -> Int {
            var (count, isInside) = (0, false)
            if text.allSatisfy({ $0 < 0x80 }) {
                for byte in text {
                    let isSpace = (0x09...0x0D).contains(byte) || (0x1C...0x20).contains(byte)
                    if !isSpace, !isInside { count += 1 }
                    isInside = !isSpace
                }
                return count
            }
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                let isSpace =
                    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
                if !isSpace, !isInside { count += 1 }
                isInside = !isSpace
            }
            return count
        }
    }
}
