import CairnCore
import Metrics
import Testing

/// Kernels of texts against the plain definition, for lengths around those of machine words.
@Suite struct TextKernelTests {
    static let counts = [0, 1, 3, 4, 5, 8, 31, 63, 64, 65, 66, 127, 128, 129, 200]

    /// Words of which only `kinds` are different, and of another length each.
    private func words(_ count: Int, kinds: Int, _ random: inout SeededRandom) -> [String] {
        (0..<count).map { _ in
            let kind = Int.random(in: 0..<kinds, using: &random)
            return String(repeating: "a", count: kind % 19) + "\(kind)"
        }
    }

    /// Some lost, doubled, exchanged.
    private func changed(
        _ words: [String], kinds: Int, _ random: inout SeededRandom
    ) -> [String] {
        words.flatMap { word -> [String] in
            switch Int.random(in: 0..<12, using: &random) {
            case 0: []
            case 1: [word, word]
            case 2: self.words(1, kinds: kinds, &random)
            default: [word]
            }
        }
    }

    private func matches(_ n: Int, _ own: [String], _ references: [[String]]) -> Int32 {
        func counted(_ words: [String]) -> [ArraySlice<String>: Int] {
            guard words.count >= n else { return [:] }
            return (n...words.count).reduce(into: [:]) { $0[words[$1 - n..<$1], default: 0] += 1 }
        }
        let known = references.map(counted)
        return counted(own).reduce(0) { sum, run in
            sum + Int32(min(run.value, known.map { $0[run.key] ?? 0 }.max() ?? 0))
        }
    }

    @Test(arguments: counts, [1, 2, 5, 300]) func bleu(count: Int, kinds: Int) throws {
        var random = SeededRandom(seed: UInt64(1000 * kinds + count))
        for other in Self.counts {
            let reference = words(count, kinds: kinds, &random)
            let second = changed(reference, kinds: kinds, &random)
            for own in [second, words(other, kinds: kinds, &random)] {
                for references in [[reference], [reference, second]] {
                    var bleu = BLEU(.init(tokenizer: .none))
                    try bleu.add(
                        hypothesis: own.joined(separator: " "),
                        references: references.map { $0.joined(separator: " ") })
                    let want = SIMD4((1...4).map { matches($0, own, references) })
                    #expect(bleu.examples[0].matches == want, "\(own) beside \(references)")
                    #expect(bleu.examples[0].hypothesisLength == Int32(own.count))
                }
            }
        }
    }

    @Test func hyphensBehindNoDigitStay() {
        #expect(BLEUTokenizer.chinese.tokens(of: "-a 5-b c-d-") == ["-a", "5", "-", "b", "c-d-"])
        #expect(BLEUTokenizer.mteval13a.tokens(of: "-a 5-b c-d-") == ["-a", "5", "-", "b", "c-d-"])
    }

    /// The least cost, place by place.
    private func distance(_ a: [String], _ b: [String]) -> Int {
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let paired = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(paired, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }

    /// Words that both texts begin or end with are counted otherwise between spaces than between
    /// tabs; beside other white space and other scripts too.
    @Test(arguments: counts, [1, 2, 5, 300]) func wordErrors(count: Int, kinds: Int) throws {
        var random = SeededRandom(seed: UInt64(2000 * kinds + count))
        let gaps = [" ", " ", " ", " ", "  ", "\t", "\n ", " \u{3000}", "\u{A0}", " é ", " \u{7F}"]
        for _ in 0..<20 {
            let gap = gaps[Int.random(in: 0..<gaps.count, using: &random)]
            var known = words(count, kinds: kinds, &random)
            if let place = known.indices.randomElement(using: &random) { known[place] += gap }
            let own = changed(known, kinds: kinds, &random)
            let texts = [own, known].map {
                let edge = Bool.random(using: &random) ? gap : ""
                return edge + $0.joined(separator: " ") + edge
            }
            var (errors, others) = (WordErrors(), WordErrors())
            try errors.add(hypothesis: texts[0], references: [texts[1]])
            let tabs = texts.map { String($0.map { $0 == " " ? "\t" : $0 }) }
            try others.add(hypothesis: tabs[0], references: [tabs[1]])
            #expect(errors == others, "\(texts)")
            let split = texts.map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
            #expect(errors.sum.errorCount == distance(split[1], split[0]), "\(texts)")
            #expect(errors.sum.referenceCount == split[1].count, "\(texts)")
            #expect(errors.sum.hypothesisCount == split[0].count, "\(texts)")
        }
    }
}
