import CairnTestKit
import Glibc
import Metrics
import Testing

/// Random texts, measured by sacrebleu, rouge_score and jiwer in the same run.
@Suite(.serialized) struct TextPeerTests {
    static let python = RepoFiles.root + "/build/interop-venv/bin/python3"
    static let script = RepoFiles.root + "/Tests/InteropTests/Scripts/text_metrics.py"

    static var isInstalled: Bool { access(python, X_OK) == 0 || getenv("CI") != nil }

    /// `CAIRN_TEXT_SEEDS=100` tries more.
    static var seeds: ClosedRange<Int> {
        1...(getenv("CAIRN_TEXT_SEEDS").flatMap { Int(String(cString: $0)) } ?? 2)
    }

    static func answers(_ seed: Int) throws -> PeerAnswers {
        guard let pipe = popen("'\(python)' '\(script)' \(seed)", "r") else {
            throw PeerError.failed("popen: \(errno)")
        }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
            bytes += buffer[..<count]
        }
        let status = pclose(pipe)
        guard status == 0 else { throw PeerError.failed("\(script) ended with \(status)") }
        return try PeerAnswers(JSONValue(parsing: bytes), seed: seed)
    }

    @Test(
        .enabled(
            if: isInstalled, "build/interop-venv is missing: scripts/interop-venv.sh makes it"),
        arguments: seeds)
    func peersAgree(_ seed: Int) throws {
        let answers = try Self.answers(seed)
        try answers.checkBLEU()
        try answers.checkChrF()
        try answers.checkTER()
        try answers.checkROUGE()
        try answers.checkErrors()
        try answers.checkAnswerMatches()
        try answers.checkCharacters()
    }
}

enum PeerError: Error { case failed(String) }

struct PeerAnswers {
    let answers: JSONValue
    let pairs: TextPairs
    /// The first reference of each.
    let singles: TextPairs
    private let seed: Int

    init(_ answers: JSONValue, seed: Int) throws {
        (self.answers, self.seed) = (answers, seed)
        let rows = answers["pairs"]?.array ?? []
        let hypotheses = Texts(rows.map { $0[0]?.string ?? "" })
        let references = rows.map { $0[1]?.strings ?? [] }
        var (flat, ends) = ([String](), [Int]())
        for list in references {
            flat += list
            ends.append(flat.count)
        }
        pairs = try TextPairs(
            hypotheses: hypotheses, references: TextLists(Texts(flat), ends: ends))
        singles = try TextPairs(
            hypotheses: hypotheses, references: TextLists(Texts(references.map { $0[0] })))
        try #require(pairs.count == 60)
    }

    func expect(
        _ got: [Double], _ want: [Double]?, _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let want = want ?? []
        #expect(got.count == want.count, "seed \(seed), \(what)", sourceLocation: sourceLocation)
        for (row, values) in zip(got, want).enumerated()
        where !Vectors.agree(values.0, values.1, relative: 1e-12) {
            Issue.record(
                "seed \(seed), \(what), \(row): \(values.0), expected \(values.1); \(text(row))",
                sourceLocation: sourceLocation)
        }
    }

    private func text(_ row: Int) -> String { "\(answers["pairs"]?[row] ?? .null)" }

    func checkBLEU() throws {
        for (name, want) in answers["tokens"]?.object ?? [:] {
            let tokenizer = Self.tokenizer(name)
            for (row, pair) in (answers["pairs"]?.array ?? []).enumerated() {
                let got = tokenizer.tokens(of: pair[0]?.string ?? "")
                #expect(got == want[row]?.strings ?? [], "seed \(seed), \(name), \(text(row))")
            }
        }
        for want in answers["bleu"]?.array ?? [] {
            let given = want["options"]
            let value = given?["smooth_value"]?.double
            var options = BLEU.Options(
                tokenizer: Self.tokenizer(given?["tokenize"]?.string ?? ""),
                isLowercase: given?["lowercase"]?.bool ?? false)
            switch given?["smooth_method"]?.string {
            case "floor": options.smoothing = .floor(value ?? 0.1)
            case "add-k": options.smoothing = .addK(value ?? 1)
            case "none": options.smoothing = .none
            default: options.smoothing = .exponential
            }
            var bleu = BLEU(options)
            try bleu.add(pairs, workers: 2)
            let what = "BLEU \(options)"
            expect([try bleu.score], want["score"]?.double.map { [$0] }, what)
            expect(bleu.sum.precisions(options), want["precisions"]?.doubles, what)
            expect(bleu.sentenceScores, want["sentences"]?.doubles, what)
            for place in 0..<10 {
                let got = bleu.examples.map { example -> Double in
                    switch place {
                    case 0: Double(example.hypothesisLength)
                    case 1: Double(example.referenceLength)
                    case 2..<6: Double(example.matches[place - 2])
                    default: Double(BLEU.Counts(example).totals[place - 6])
                    }
                }
                let stats = want["stats"]?.array?.map { $0[place]?.double ?? .nan }
                expect(got, stats, "\(what), count \(place)")
            }
        }
    }

    private static func tokenizer(_ name: String) -> BLEUTokenizer {
        switch name {
        case "char": .characters
        case "none": .none
        case "zh": .chinese
        case "intl": .international
        default: .mteval13a
        }
    }

    func checkChrF() throws {
        for want in answers["chrf"]?.array ?? [] {
            let options = ChrF.Options(
                wordOrder: want["options"]?["word_order"]?.int ?? 0,
                isLowercase: want["options"]?["lowercase"]?.bool ?? false)
            var chrF = ChrF(options)
            try chrF.add(pairs, workers: 2)
            let what = "chrF \(options)"
            expect([try chrF.score], want["score"]?.double.map { [$0] }, what)
            expect(chrF.sentenceScores, want["sentences"]?.doubles, what)
            for place in 0..<6 + options.wordOrder {
                for (part, name) in ["hypothesis", "reference", "matches"].enumerated() {
                    let got = chrF.examples.map { example -> Double in
                        let counts = ChrF.Counts(example, options)
                        return Double(
                            [counts.hypothesis, counts.reference, counts.matches][part][place])
                    }
                    let stats = want["stats"]?.array?.map { $0[3 * place + part]?.double ?? .nan }
                    expect(got, stats, "\(what), \(name) \(place)")
                }
            }
        }
    }

    func checkTER() throws {
        for want in answers["ter"]?.array ?? [] {
            let given = want["options"]
            let options = TER.Options(
                isNormalized: given?["normalized"]?.bool ?? false,
                ignoresPunctuation: given?["no_punct"]?.bool ?? false,
                isAsian: given?["asian_support"]?.bool ?? false,
                isCaseSensitive: given?["case_sensitive"]?.bool ?? false)
            var ter = TER(options)
            try ter.add(pairs, rows: 0..<(want["stats"]?.array?.count ?? 0))
            let what = "TER \(options)"
            expect([try ter.score], want["score"]?.double.map { [$0] }, what)
            let stats = want["stats"]?.array
            expect(
                ter.examples.map { Double($0.editCount) }, stats?.map { $0[0]?.double ?? .nan },
                "\(what), edits")
            expect(
                ter.examples.map { Double($0.referenceWords) / Double($0.referenceCount) },
                stats?.map { $0[1]?.double ?? .nan }, "\(what), length")
        }
    }

    func checkROUGE() throws {
        let kinds: [(String, ROUGE.Kind)] = [
            ("rouge1", .n(1)), ("rouge2", .n(2)), ("rouge3", .n(3)), ("rouge5", .n(5)),
            ("rougeL", .longest), ("rougeLsum", .longestOfLines),
        ]
        for want in answers["rouge"]?.array ?? [] {
            var rouge = ROUGE(kinds.map(\.1), stems: want["stemmer"]?.bool ?? false)
            try rouge.add(pairs, workers: 2)
            for (name, kind) in kinds {
                let examples = try rouge.examples(kind)
                for (part, got) in [
                    examples.map(\.precision), examples.map(\.recall), examples.map(\.f),
                ].enumerated() {
                    let each = want["each"]?.array?.map { $0[name]?[part]?.double ?? .nan }
                    expect(got, each, "\(name), \(part), stemmer \(want["stemmer"] ?? .null)")
                }
            }
        }
    }

    func checkErrors() throws {
        var (words, characters) = (WordErrors(), CharacterErrors())
        try words.add(singles, workers: 2)
        try characters.add(singles, workers: 2)
        let want = answers["jiwer"]
        for (place, name) in ["hits", "substitutions", "deletions", "insertions"].enumerated() {
            let got = words.examples.map {
                Double([$0.hits, $0.substitutions, $0.deletions, $0.insertions][place])
            }
            expect(got, want?["words"]?.array?.map { $0[place]?.double ?? .nan }, name)
        }
        for (place, name) in ["errors", "characters"].enumerated() {
            let got = characters.examples.map {
                Double([$0.errorCount, $0.referenceCount][place])
            }
            expect(got, want?["characters"]?.array?.map { $0[place]?.double ?? .nan }, name)
        }
    }

    func checkAnswerMatches() throws {
        var squad = SQuAD()
        try squad.add(pairs, workers: 2)
        let want = answers["squad"]?.array ?? []
        for (row, pair) in (answers["pairs"]?.array ?? []).enumerated() {
            #expect(
                SQuAD.normalized(pair[0]?.string ?? "") == want[row][0]?.string, "\(text(row))")
        }
        #expect(squad.examples.map(\.isExact) == want.map { $0[1]?.bool })
        expect(squad.examples.map(\.f1), want.map { $0[2]?.double ?? .nan }, "F1")
        for (place, options) in [
            ExactMatch.Options(), .init(ignoresCase: true),
            .init(ignoresCase: true, ignoresPunctuation: true), .init(ignoresPunctuation: true),
        ].enumerated() {
            var matches = ExactMatch(options)
            try matches.add(pairs, workers: 2)
            #expect(
                matches.examples == answers["exact"]?[place]?.array?.map { $0.bool },
                "seed \(seed), \(options)")
        }
    }

    /// Each that Python knows: what it is in lower case, and whether it is a letter.
    func checkCharacters() throws {
        for pair in answers["lower"]?.array ?? [] {
            let (given, lower) = (pair[0]?.string ?? "", pair[1]?.string ?? "")
            var same = ExactMatch(.init(ignoresCase: true))
            try same.add(hypothesis: given, references: [lower])
            #expect(same.matchCount == 1, "\(given.unicodeScalars.map(\.value)) to \(lower)")
        }
        let keeps = Array((answers["keepsThe"]?.string ?? "").utf8)
        let scalars = Array((answers["characters"]?.string ?? "").unicodeScalars)
        #expect(keeps.count == scalars.count)
        for (scalar, keeps) in zip(scalars, keeps) {
            let form = SQuAD.normalized("x the\(scalar) y")
            #expect(
                Array(form.utf8).contains(Array("the".utf8)) == (keeps == UInt8(ascii: "1")),
                "U+\(String(scalar.value, radix: 16))")
        }
    }
}
