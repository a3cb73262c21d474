import CairnTestKit
import Metrics
import Testing

@Suite struct CorpusVectorTests {
    static func references(_ test: MetricCase, of index: Int) -> [String] {
        test.input["refs"]?.array?.compactMap { $0[index]?.string } ?? []
    }

    static func options(_ test: MetricCase) -> BLEU.Options {
        let options = test.value["options"]
        let value = options?["smooth_value"]?.double
        var made = BLEU.Options(isLowercase: options?["lowercase"]?.bool ?? false)
        switch options?["tokenize"]?.string {
        case "char": made.tokenizer = .characters
        case "none": made.tokenizer = .none
        case "zh": made.tokenizer = .chinese
        case "intl": made.tokenizer = .international
        default: made.tokenizer = .mteval13a
        }
        switch options?["smooth_method"]?.string {
        case "floor": made.smoothing = .floor(value ?? 0.1)
        case "add-k": made.smoothing = .addK(value ?? 1)
        case "none": made.smoothing = .none
        default: made.smoothing = .exponential
        }
        made.usesEffectiveOrder = options?["effective_order"]?.bool ?? false
        return made
    }

    @Test(arguments: MetricCase.of("bleu_corpus"))
    func bleuOfACorpus(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var bleu = BLEU(Self.options(test))
            for (index, hypothesis) in (test.input["hyp"]?.strings ?? []).enumerated() {
                try bleu.add(
                    hypothesis: hypothesis, references: Self.references(test, of: index))
            }
            let sum = bleu.sum
            var got: [String: Double?] = [
                "score": try bleu.score, "brevity_penalty": sum.brevityPenalty,
                "hyp_len": Double(sum.hypothesisLength), "ref_len": Double(sum.referenceLength),
            ]
            got.add("matches", (0..<4).map { Double(sum.matches[$0]) })
            got.add("totals", (0..<4).map { Double(sum.totals[$0]) })
            got.add("precisions", sum.precisions(Self.options(test)))
            return got
        }
    }

    @Test(arguments: MetricCase.of("bleu_sentence"))
    func bleuOfSentences(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var scores: [Double] = []
            for (hypothesis, reference) in zip(
                test.input["hyp"]?.strings ?? [], test.input["ref"]?.strings ?? [])
            {
                var bleu = BLEU(Self.options(test))
                try bleu.add(hypothesis: hypothesis, references: [reference])
                scores.append(try bleu.score)
            }
            var got: [String: Double?] = [:]
            got.add("scores", scores)
            return got
        }
    }

    @Test(arguments: MetricCase.of("bleu_tokenize"))
    func tokens(_ test: MetricCase) {
        let got = (test.input["text"]?.strings ?? []).map { BLEUTokenizer.mteval13a.tokens(of: $0) }
        #expect(got == test.expect["tokens"]?.array?.map { $0.strings ?? [] } ?? [])
    }

    @Test(arguments: MetricCase.of("chrf"))
    func chrF(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var (plain, plus) = (ChrF(), ChrF(.init(wordOrder: 2)))
            for (index, hypothesis) in (test.input["hyp"]?.strings ?? []).enumerated() {
                let references = Self.references(test, of: index)
                try plain.add(hypothesis: hypothesis, references: references)
                try plus.add(hypothesis: hypothesis, references: references)
            }
            return ["chrf": try plain.score, "chrf_pp": try plus.score]
        }
    }

    @Test(arguments: MetricCase.of("ter"))
    func ter(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var ter = TER()
            for (index, hypothesis) in (test.input["hyp"]?.strings ?? []).enumerated() {
                try ter.add(hypothesis: hypothesis, references: Self.references(test, of: index))
            }
            return ["score": try ter.score]
        }
    }

    @Test(arguments: MetricCase.of("rouge"))
    func rouge(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var rouge = ROUGE(stems: test.value["options"]?["stemmer"]?.bool ?? false)
            try rouge.add(try TextVectorTests.pairs(test.input["hyp"], test.input["ref"]))
            var got: [String: Double?] = [:]
            for (name, kind) in [
                ("rouge1", ROUGE.Kind.n(1)), ("rouge2", .n(2)), ("rougeL", .longest),
                ("rougeLsum", .longestOfLines),
            ] {
                let means = try rouge.means(kind)
                got["\(name).precision"] = means.precision
                got["\(name).recall"] = means.recall
                got["\(name).f"] = means.f
                got.add("\(name).each_f", try rouge.examples(kind).map(\.f))
            }
            return got
        }
    }
}
