/// How much of a text's words another text has: what the worst answers are found by.
///
/// The harmonic mean of both shares, each word as often as it occurs, as they stand between white
/// space. It ranks examples in a report; the metrics of a suite are computed elsewhere.
struct WordOverlap {
    private var counts: [ArraySlice<UInt8>: Int] = [:]
    private var count = 0

    init(_ text: ArraySlice<UInt8>) {
        for word in Self.words(of: text) {
            counts[word, default: 0] += 1
            count += 1
        }
    }

    private static func words(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        text.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }

    /// 1 for two texts without words.
    func f1(against text: ArraySlice<UInt8>) -> Double {
        let words = Self.words(of: text)
        guard count + words.count > 0 else { return 1 }
        var (left, common) = (counts, 0)
        for word in words {
            guard let known = left[word], known > 0 else { continue }
            left[word] = known - 1
            common += 1
        }
        return 2 * Double(common) / Double(count + words.count)
    }

    /// Code points: bytes that do not continue one.
    static func letterCount(_ text: ArraySlice<UInt8>) -> Int { text.count { $0 & 0xC0 != 0x80 } }

    static func excerpt(_ text: ArraySlice<UInt8>) -> String { WorstExample.excerpt(text) }
}
