/// What counting for chrF uses again, pair after pair.
struct ChrFScratch: ~Copyable {
    private let options: ChrF.Options
    private var own = ChrFText()
    private var known = ChrFText()
    private var alphabet = Alphabet()
    private var characters = ByteGrams()
    private var vocabulary = Vocabulary()
    private var grams = GramMatches()

    init(_ options: ChrF.Options) { self.options = options }

    mutating func example(
        _ hypothesis: TextBytes, _ reference: TextBytes, areASCII: Bool
    ) -> ChrF.Example {
        own.set(hypothesis, isLowercase: options.isLowercase)
        known.set(reference, isLowercase: options.isLowercase)
        var example = ChrF.Example()
        if areASCII || (own.isASCII && known.isASCII) {
            own.takeBytes()
            known.takeBytes()
            countBytes(&example)
        } else {
            alphabet.removeAll()
            own.takeSymbols(&alphabet)
            known.takeSymbols(&alphabet)
            if alphabet.count <= 256 {
                own.narrow()
                known.narrow()
                countBytes(&example)
            } else {
                countSymbols(&example)
            }
        }
        example.hypothesisCharacters = Int32(own.count)
        example.referenceCharacters = Int32(known.count)
        if options.wordOrder > 0 { countWords(&example) }
        return example
    }

    private mutating func countBytes(_ example: inout ChrF.Example) {
        for n in 1...ChrF.characterOrder {
            example.matches[n - 1] = characters.matches(
                n, own.bytes, own.count, known.bytes, known.count)
        }
    }

    private mutating func countSymbols(_ example: inout ChrF.Example) {
        for n in 1...ChrF.characterOrder {
            example.matches[n - 1] = grams.matches(
                n, own.symbols, known.symbols, symbolCount: alphabet.count)
        }
    }

    private mutating func countWords(_ example: inout ChrF.Example) {
        own.takeWords()
        known.takeWords()
        vocabulary.begin(known.words.count)
        known.number { word, line in vocabulary.number(word, line) }
        own.number { word, line in vocabulary.known(word, line) }
        example.hypothesisWords = Int32(own.words.count)
        example.referenceWords = Int32(known.words.count)
        for n in 1...options.wordOrder {
            example.matches[ChrF.characterOrder + n - 1] = grams.matches(
                n, own.symbols, known.symbols, symbolCount: vocabulary.count)
        }
    }
}

/// One side of a pair: its characters without white space, or its words.
private struct ChrFText: ~Copyable {
    private var line = Line()
    private var room = Room<UInt8>(256)
    private var numbers = Room<Int32>()
    private(set) var words = WordList()
    private(set) var count = 0

    var bytes: UnsafePointer<UInt8> { UnsafePointer(room.base) }
    var symbols: UnsafeBufferPointer<Int32> { .init(start: numbers.base, count: count) }
    var isASCII: Bool { Characters.isASCII(line.text) }

    mutating func set(_ text: TextBytes, isLowercase: Bool) {
        if isLowercase { line.setLowercase(text) } else { line.set(text) }
    }

    /// All are ASCII.
    mutating func takeBytes() {
        room.reserve(line.count + Line.margin)
        let (source, target) = (line.base, room.base)
        var made = 0
        for place in 0..<line.count {
            let byte = source[place]
            target[made] = byte
            made &+= Characters.isASCIISpace(byte) ? 0 : 1
        }
        count = made
    }

    mutating func takeSymbols(_ alphabet: inout Alphabet) {
        count = alphabet.symbols(of: line.text, &numbers, skippingSpaces: true).count
    }

    /// All symbols fit into bytes.
    mutating func narrow() {
        room.reserve(count + Line.margin)
        for place in 0..<count {
            room.base[place] = UInt8(truncatingIfNeeded: numbers.base[place])
        }
    }

    /// Punctuation at one end of a word is a word of its own.
    mutating func takeWords() {
        words.removeAll()
        words.appendWords(of: line)
        words.partPunctuation(line)
    }

    mutating func number(_ body: (Word, UnsafePointer<UInt8>) -> Int32) {
        count = words.count
        numbers.reserve(count)
        for place in 0..<count { numbers.base[place] = body(words.base[place], line.base) }
    }
}

/// Runs of up to eight bytes that two texts share.
private struct ByteGrams: ~Copyable {
    private var table = GramTable()

    /// - Parameters: a few bytes behind the texts may be read.
    mutating func matches(
        _ n: Int, _ own: UnsafePointer<UInt8>, _ ownCount: Int, _ known: UnsafePointer<UInt8>,
        _ knownCount: Int
    ) -> Int32 {
        if ownCount < n || knownCount < n { return 0 }
        let mask = UInt64.lowest(8 * n)
        table.begin(knownCount)
        for place in 0...knownCount - n { table.add(eightBytes(known + place) & mask) }
        var matches: Int32 = 0
        for place in 0...ownCount - n { matches &+= table.take(eightBytes(own + place) & mask) }
        return matches
    }
}
