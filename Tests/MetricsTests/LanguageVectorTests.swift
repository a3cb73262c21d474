import CairnTestKit
import Metrics
import Testing

@Suite struct LanguageVectorTests {
    @Test(arguments: MetricCase.of("language_model"))
    func languageModel(_ test: MetricCase) {
        let documents = test.input["logprobs"]?.array?.map { $0.doubles ?? [] } ?? []
        let sums = documents.map { $0.reduce(0, +) }
        let lengths = documents.map { Int32($0.count) }
        let bytes = (test.input["bytes"]?.ints ?? []).map(Int32.init)
        let words = (test.input["words"]?.ints ?? []).map(Int32.init)
        test.check { () throws(MetricError) in
            let model = try withViews(bytes, words, nil) { (bytes, words, _) throws(MetricError) in
                try withViews(sums, lengths, nil) { (sums, lengths, _) throws(MetricError) in
                    try inPieces(LanguageModel(), sums.count) {
                        (model, range) throws(MetricError) in
                        try model.add(
                            documents: sums[range], tokenCounts: lengths[range],
                            counts: .init(bytes: bytes[range], words: words[range]))
                    }
                }
            }
            let tokens = try Array(documents.joined()).withView { (tokens) throws(MetricError) in
                try inPieces(LanguageModel(), tokens.count) { (model, range) throws(MetricError) in
                    try model.add(tokens: .float64(tokens[range]))
                }
            }
            #expect(tokens.tokenCount == model.tokenCount)
            return [
                "tokens": Double(model.tokenCount), "nll_per_token": try tokens.lossPerToken,
                "perplexity": try tokens.perplexity, "bits_per_token": try model.bitsPerToken,
                "bits_per_byte": try model.bitsPerByte,
                "byte_perplexity": try model.bytePerplexity,
                "word_perplexity": try model.wordPerplexity,
                "perplexity_of_document_mean": try model.perplexityOfDocumentMean,
            ]
        }
    }

    @Test(arguments: MetricCase.of("token_logits"))
    func tokenLogits(_ test: MetricCase) {
        let rows = test.input["logits"]?.array?.map { $0.doubles ?? [] } ?? []
        let targets = (test.input["target"]?.ints ?? []).map(Int32.init)
        let width = rows.first?.count ?? 1
        test.check { () throws(MetricError) in
            let logits = try withViews(Array(rows.joined()), targets, nil) {
                (logits, targets, _) throws(MetricError) in
                try inPieces(TokenLogits(), targets.count) { (part, range) throws(MetricError) in
                    let cells = range.lowerBound * width..<range.upperBound * width
                    try part.add(
                        logits: .float64(logits[cells]), width: width, targets: targets[range])
                }
            }
            return [
                "cross_entropy": try logits.crossEntropy, "perplexity": try logits.perplexity,
                "token_accuracy": try logits.accuracy, "counted": Double(logits.countedCount),
            ]
        }
    }

    @Test(arguments: MetricCase.of("multiple_choice"))
    func multipleChoice(_ test: MetricCase) {
        let rows = test.input["loglikelihoods"]?.array?.map { $0.doubles ?? [] } ?? []
        let lengths = test.input["choice_bytes"]?.array?.map { $0.ints ?? [] } ?? []
        let gold = (test.input["gold"]?.ints ?? []).map(Int32.init)
        test.check { () throws(MetricError) in
            let choices = try withLists(rows, lengths.map { $0.map(Int32.init) }) {
                (rows, lengths) throws(MetricError) in
                try gold.withView { (gold) throws(MetricError) in
                    try inPieces(MultipleChoice(), gold.count) {
                        (part, range) throws(MetricError) in
                        try part.add(
                            logLikelihoods: rows[range], lengths: lengths[range], gold: gold[range])
                    }
                }
            }
            return ["acc": try choices.accuracy, "acc_norm": try choices.normalizedAccuracy]
        }
    }

    @Test(arguments: MetricCase.of("pass_at_k"))
    func passAtK(_ test: MetricCase) {
        let drawn = (test.input["n"]?.ints ?? []).map(Int32.init)
        let passed = (test.input["c"]?.ints ?? []).map(Int32.init)
        let k = test.value["options"]?["k"]?.int ?? 0
        test.check { () throws(MetricError) in
            let mean = try withViews(drawn, passed, nil) { (drawn, passed, _) throws(MetricError) in
                try inPieces(PassAtK(k), drawn.count) { (part, range) throws(MetricError) in
                    try part.add(drawn: drawn[range], passed: passed[range])
                }
            }
            var got: [String: Double?] = ["value": try mean.value]
            for (index, (n, c)) in zip(drawn, passed).enumerated() {
                got["each.\(index)"] = try PassAtK.estimate(drawn: Int(n), passed: Int(c), k: k)
            }
            return got
        }
    }
}
