/// What counting for TER uses again, text after text.
struct TERScratch: ~Copyable {
    private let tokenizing: TERTokenizing
    private var line = Line()
    private var knownLine = Line()
    private var onceLine = Line()
    private var words = WordList()
    private var knownWords = WordList()
    private var vocabulary = Vocabulary()
    private var own = Room<Int32>()
    private var known = Room<Int32>()
    private var search = ShiftSearch()

    init(_ options: TER.Options) { tokenizing = TERTokenizing(options) }

    mutating func example(
        _ hypothesis: TextBytes, _ texts: TextPointers, _ references: Range<Int>
    ) -> TER.Example {
        tokenizing.split(hypothesis, &line, &words)
        own.reserve(words.count)
        var (least, knownCount) = (Int.max, 0)
        for reference in references {
            splitReference(texts[reference])
            knownCount += knownWords.count
            vocabulary.begin(knownWords.count)
            known.reserve(knownWords.count)
            for place in 0..<knownWords.count {
                known.base[place] = vocabulary.number(knownWords.base[place], knownLine.base)
            }
            for place in 0..<words.count {
                own.base[place] = vocabulary.known(words.base[place], line.base)
            }
            let edits = search.editCount(
                UnsafeBufferPointer(start: own.base, count: words.count),
                UnsafeBufferPointer(start: known.base, count: knownWords.count),
                symbolCount: vocabulary.count + 1)
            least = min(least, edits)
        }
        return TER.Example(
            editCount: Int32(least), referenceWords: Int32(knownCount),
            referenceCount: Int32(references.count))
    }

    /// sacreBLEU normalizes references twice, texts once: what it parts in two goes may differ.
    private mutating func splitReference(_ text: TextBytes) {
        tokenizing.split(text, &knownLine, &knownWords)
        guard tokenizing.options.isNormalized else { return }
        knownWords.write(of: knownLine, to: &onceLine)
        tokenizing.split(onceLine.text, &knownLine, &knownWords)
    }
}

/// How texts become words for TER.
///
/// Source: sacreBLEU 2.6, `tokenizer_ter`. Its rules for runs of kana never match: they ask for the
/// beginning of a text that begins with a space by then.
struct TERTokenizing: ~Copyable {
    let options: TER.Options
    private let splitter: TokenSplitter

    init(_ options: TER.Options) {
        self.options = options
        let parts = options.isAsian
        splitter = TokenSplitter(
            .init(
                classOfOthers: { parts && Self.standsAlone($0) ? .sign : .letter },
                partsPossessives: true))
    }

    func split(_ text: TextBytes, _ line: inout Line, _ words: inout WordList) {
        let text = Characters.stripped(text, atBothEnds: false)
        if options.isCaseSensitive { line.set(text) } else { line.setLowercase(text) }
        words.removeAll()
        if options.isNormalized {
            line.replace("\n-", with: nil)
            line.replace("\n", with: " ")
            line.mendEntities()
            splitter.appendTokens(of: line, to: &words)
        } else {
            words.appendWords(of: line)
        }
        if options.ignoresPunctuation {
            let isAsian = options.isAsian
            line.rewrite { bytes, count in
                words.shorten { Self.removePunctuation(bytes, $0, isAsian: isAsian) }
                return count
            }
            words.hashAgain(line)
        }
    }

    private static func removePunctuation(
        _ line: UnsafeMutablePointer<UInt8>, _ word: Word, isAsian: Bool
    ) -> Int {
        let start = line + Int(word.start)
        var (at, made) = (0, 0)
        while at < Int(word.length) {
            let (scalar, length) = (Characters.scalar(start + at), Characters.length(start[at]))
            if !isPunctuation(scalar) && !(isAsian && isAsianPunctuation(scalar)) {
                (start + made).update(from: start + at, count: length)
                made += length
            }
            at += length
        }
        return made
    }

    private static func isPunctuation(_ scalar: UInt32) -> Bool {
        scalar < 0x80 && ".,?:;!\"()".utf8.contains(UInt8(scalar))
    }

    private static func isAsianPunctuation(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3001, 0x3002, 0x3008...0x3011, 0x3014...0x301F, 0xFF61...0xFF65, 0x30FB,
            0xFF0E, 0xFF0C, 0xFF1F, 0xFF1A, 0xFF1B, 0xFF01, 0xFF02, 0xFF08, 0xFF09:
            true
        default: false
        }
    }

    private static func standsAlone(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x31C0...0x31EF, 0x2E80...0x2EFF, 0x3300...0x33FF,
            0xF900...0xFAFF, 0xFE30...0xFE4F, 0x3200...0x3F22:
            true
        default: isAsianPunctuation(scalar)
        }
    }
}
