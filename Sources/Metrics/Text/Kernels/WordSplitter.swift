import CMetrics

/// A word of a line.
struct Word {
    /// Up to eight bytes: the bytes themselves; more: a hash of all.
    let key: UInt64
    let start: Int32
    let length: Int32

    /// - Parameters:
    ///   - line: what `self` is a word of.
    ///   - others: what `other` is a word of.
    @inline(__always) func equals(
        _ other: Word, _ line: UnsafePointer<UInt8>, _ others: UnsafePointer<UInt8>
    ) -> Bool {
        key == other.key && length == other.length
            && (length <= 8
                || Self.areEqual(line + Int(start), others + Int(other.start), Int(length)))
    }

    /// - Parameter length: more than eight.
    @inline(__always) static func areEqual(
        _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ length: Int
    ) -> Bool {
        var at = 0
        while at < length - 8 {
            if eightBytes(a + at) != eightBytes(b + at) { return false }
            at += 8
        }
        return eightBytes(a + length - 8) == eightBytes(b + length - 8)
    }

    init(key: UInt64, start: Int32, length: Int32) {
        (self.key, self.start, self.length) = (key, start, length)
    }

    /// - Parameter line: a text of a `Line`: a few bytes behind the word are read.
    @inline(__always) init(_ line: UnsafePointer<UInt8>, _ start: Int, _ length: Int) {
        let first = eightBytes(line + start)
        var key = first.lowest(length)
        if length > 8 {
            var at = 0
            key = 0
            while at < length - 8 {
                key = Self.mixed(key ^ eightBytes(line + start + at))
                at += 8
            }
            key = Self.mixed(key ^ eightBytes(line + start + length - 8))
        }
        self.key = key
        self.start = Int32(truncatingIfNeeded: start)
        self.length = Int32(truncatingIfNeeded: length)
    }

    @inline(__always) private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }
}

/// The words of a text, in order.
struct WordList: ~Copyable {
    private var room = Room<Word>(64)
    private var edges = Room<UInt32>(256)
    private(set) var count = 0

    var base: UnsafePointer<Word> { UnsafePointer(room.base) }

    mutating func removeAll() { count = 0 }

    @inline(__always) mutating func append(_ word: Word) {
        room.reserve(count + 1)
        room.base[count] = word
        count += 1
    }

    func string(_ place: Int, of line: borrowing Line) -> String {
        let word = room.base[place]
        let bytes = TextBytes(start: line.base + Int(word.start), count: Int(word.length))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds what lies between white space.
    mutating func appendWords(of line: borrowing Line) {
        edges.reserve(line.count + 9)
        let edgeCount = cairn_word_edges(line.base, line.count, edges.base)
        guard edgeCount >= 0 else { return appendAnyWords(of: line) }
        let wordCount = edgeCount / 2
        room.reserve(count + wordCount)
        let (words, edges) = (room.base + count, edges.base)
        for place in 0..<wordCount {
            let (start, end) = (Int(edges[2 * place]), Int(edges[2 * place + 1]))
            words[place] = Word(line.base, start, end - start)
        }
        count += wordCount
    }

    /// Of a line that may have more than ASCII.
    private mutating func appendAnyWords(of line: borrowing Line) {
        let (base, end) = (line.base, line.count)
        // Every second byte at most begins a word.
        room.reserve(count + end / 2 + 1)
        let words = room.base
        var (at, made) = (0, count)
        while true {
            while at < end {
                let length = Characters.spaceLength(base + at)
                if length == 0 { break }
                at += length
            }
            if at >= end { break }
            let start = at
            at = Self.end(base, at)
            words[made] = Word(base, start, at - start)
            made += 1
        }
        count = made
    }

    /// Where the word ends that is here. The line's margin ends the last.
    @inline(__always) private static func end(_ base: UnsafePointer<UInt8>, _ start: Int) -> Int {
        var at = start
        while true {
            let eight = eightBytes(base + at)
            // The first byte that is less than 0x21 or not ASCII.
            let stops = ((eight &- .all(0x21)) | eight) & .all(0x80)
            if stops == 0 {
                at += 8
                continue
            }
            at += stops.trailingZeroBitCount >> 3
            let byte = base[at]
            if Characters.spaceLength(base + at) > 0 { return at }
            at += Characters.length(byte)
        }
    }

    /// With a space between each two.
    func write(of line: borrowing Line, to target: inout Line) {
        let start = target.begin(line.count + count)
        var end = start
        for place in 0..<count {
            let word = room.base[place]
            if place > 0 {
                end[0] = 0x20
                end += 1
            }
            end.update(from: line.base + Int(word.start), count: Int(word.length))
            end += Int(word.length)
        }
        target.end(end)
    }

    /// - Parameter body: how many bytes of the word are left; it is left out if that is none.
    mutating func shorten(_ body: (Word) -> Int) {
        var made = 0
        for place in 0..<count {
            let word = room.base[place]
            let length = body(word)
            room.base[made] = Word(key: word.key, start: word.start, length: Int32(length))
            made += length > 0 ? 1 : 0
        }
        count = made
    }

    /// For words whose bytes have changed.
    mutating func hashAgain(_ line: borrowing Line) {
        for place in 0..<count {
            let word = room.base[place]
            room.base[place] = Word(line.base, Int(word.start), Int(word.length))
        }
    }

    /// Makes punctuation at the end of a word, or else at its beginning, a word of its own.
    mutating func partPunctuation(_ line: borrowing Line) {
        let whole = count
        // Each word becomes two at most; read from the end, none is written over.
        room.reserve(2 * whole)
        var made = 2 * whole
        for place in (0..<whole).reversed() {
            let word = room.base[place]
            let (start, length) = (Int(word.start), Int(word.length))
            let first: Int
            if length > 1 && PythonText.isPunctuation(line.base[start + length - 1]) {
                first = length - 1
            } else if length > 1 && PythonText.isPunctuation(line.base[start]) {
                first = 1
            } else {
                made -= 1
                room.base[made] = word
                continue
            }
            made -= 2
            room.base[made] = Word(line.base, start, first)
            room.base[made + 1] = Word(line.base, start + first, length - first)
        }
        count = 2 * whole - made
        room.base.update(from: room.base + made, count: count)
    }
}
