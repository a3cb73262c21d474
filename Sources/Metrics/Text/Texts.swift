/// Texts end to end in valid UTF-8, and where each ends: a column of a block, or of a data set.
public struct Texts: Sendable, Equatable {
    public let bytes: [UInt8]
    public let ends: [Int]
    /// No byte is above 127.
    let isASCII: Bool

    /// What is no UTF-8 becomes U+FFFD, as `String(decoding:as:)` has it.
    /// - Parameter ends: where each text ends in `bytes`; ascending, the last at their end.
    public init(bytes: [UInt8], ends: [Int]) throws(MetricError) {
        var last = 0
        for end in ends {
            guard end >= last else {
                throw .invalidInput("a text ends at \(end), before it begins at \(last)")
            }
            last = end
        }
        guard last == bytes.count else {
            throw .invalidInput("texts end at byte \(last); expected at \(bytes.count), the last")
        }
        isASCII = bytes.allSatisfy { $0 < 0x80 }
        if isASCII || UTF8Texts.areValid(bytes, ends) {
            (self.bytes, self.ends) = (bytes, ends)
        } else {
            (self.bytes, self.ends) = UTF8Texts.repaired(bytes, ends)
        }
    }

    public init(_ strings: [String]) {
        var (bytes, ends) = ([UInt8](), [Int]())
        for string in strings {
            bytes.append(contentsOf: string.utf8)
            ends.append(bytes.count)
        }
        isASCII = bytes.allSatisfy { $0 < 0x80 }
        (self.bytes, self.ends) = (bytes, ends)
    }

    public var count: Int { ends.count }
}

/// Lists of texts, one for each row: what a generated text may be.
public struct TextLists: Sendable, Equatable {
    public let texts: Texts
    /// Where each row's list ends in `texts`; `nil` is one text a row.
    let ends: [Int]?

    /// One text each.
    public init(_ texts: Texts) { (self.texts, ends) = (texts, nil) }

    /// - Parameter ends: where each row's list ends in `texts`; ascending, the last at their end.
    public init(_ texts: Texts, ends: [Int]) throws(MetricError) {
        var last = 0
        for end in ends {
            guard end >= last else {
                throw .invalidInput("a list ends at \(end), before it begins at \(last)")
            }
            last = end
        }
        guard last == texts.count else {
            throw .invalidInput("lists end at text \(last); expected at \(texts.count), the last")
        }
        (self.texts, self.ends) = (texts, ends)
    }

    public var count: Int { ends?.count ?? texts.count }
}

enum UTF8Texts {
    /// Each text by itself: none ends inside a character.
    static func areValid(_ bytes: [UInt8], _ ends: [Int]) -> Bool {
        for end in ends where end < bytes.count && bytes[end] & 0xC0 == 0x80 { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes.span)
                return true
            } catch {
                return false
            }
        }
    }

    static func repaired(_ bytes: [UInt8], _ ends: [Int]) -> (bytes: [UInt8], ends: [Int]) {
        var (whole, wholeEnds, start) = ([UInt8](), [Int](), 0)
        whole.reserveCapacity(bytes.count)
        for end in ends {
            whole.append(contentsOf: String(decoding: bytes[start..<end], as: UTF8.self).utf8)
            wholeEnds.append(whole.count)
            start = end
        }
        return (whole, wholeEnds)
    }
}
