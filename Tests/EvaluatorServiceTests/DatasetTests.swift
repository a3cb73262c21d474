import CairnCore
import Messages
import Ports
import Testing

@Suite struct DatasetTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    @Test func aDataSetIsPinnedOnceAndGrowsByVersions() async throws {
        let first = try await evaluator.addDataset("label\n1\n")
        #expect(first.version == 1 && !first.existed && first.byteCount == 8)
        #expect(try await evaluator.addDataset("label\n1\n").existed)
        #expect(try await evaluator.addDataset("label\n2\n").version == 2)
        let list = try await evaluator.channel.call(
            EvaluatorMethods.listDatasets, ListDatasets())
        #expect(list.datasets.map(\.version) == [1, 2])
        let fetched = try await evaluator.channel.stream(
            EvaluatorMethods.fetchDataset, FetchDataset(digest: first.digest)
        ) { parts in
            var bytes: [UInt8] = []
            while let (part, attachment) = try await parts.next() {
                #expect(part.offset == UInt64(bytes.count))
                bytes += attachment?.bytes ?? []
            }
            return bytes
        }
        #expect(fetched == Array("label\n1\n".utf8))
    }

    @Test func bytesThatDoNotMatchTheirDigestAreNotStored() async throws {
        await #expect {
            _ = try await evaluator.channel.upload(EvaluatorMethods.addDataset) { parts in
                try await parts.send(
                    AddDataset(name: "d", digest: Digest(of: [1]).bytes, fileName: "d.csv"),
                    attachment: SharedBytes([2]))
            }
        } throws: {
            "\($0)".contains("Nothing was stored")
        }
        let list = try await evaluator.channel.call(
            EvaluatorMethods.listDatasets, ListDatasets())
        #expect(list.datasets.isEmpty)
        await #expect(throws: RPCError.self) {
            try await evaluator.channel.stream(
                EvaluatorMethods.fetchDataset, FetchDataset(digest: Digest(of: [1]).bytes)
            ) { try await $0.next()?.body }
        }
    }

    @Test(arguments: [("../d.csv", "d"), ("d.parquet", "d"), ("", "d"), ("d.csv", "a b")])
    func badNamesAreRefused(fileName: String, name: String) async {
        await #expect {
            try await evaluator.addDataset("label\n1\n", name: name, fileName: fileName)
        } throws: {
            ($0 as? RPCError)?.code == .invalidArgument
        }
    }
}

@Suite struct SuiteCallTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    @Test func theSameSuiteTwiceChangesNothing() async throws {
        try await evaluator.addDataset(Tiny.data)
        let first = try await evaluator.apply(Tiny.suite())
        #expect(first.changed)
        let again = try await evaluator.apply(Tiny.suite())
        #expect(!again.changed && again.digest == first.digest)
        let list = try await evaluator.channel.call(
            EvaluatorMethods.listSuites, ListSuites(model: "m"))
        #expect(list.suites.count == 1)
        #expect(list.suites[0].spec?.labelColumn == "label", "defaults are spelled out")
    }

    @Test func aSuiteThatItsDataSetDoesNotFitIsRefusedAtOnce() async throws {
        try await evaluator.addDataset(Tiny.data)
        var spec = Tiny.suite()
        spec.labelColumn = "lable"
        await #expect {
            _ = try await evaluator.apply(spec)
        } throws: {
            "\($0)".contains("did you mean 'label'?")
        }
        spec = Tiny.suite()
        spec.metrics = ["acuracy"]
        await #expect {
            _ = try await evaluator.apply(spec)
        } throws: {
            "\($0)".contains("there is no metric 'acuracy'; did you mean 'accuracy'?")
        }
        await #expect {
            _ = try await evaluator.apply(Tiny.suite(data: "label\n3\n"))
        } throws: {
            ($0 as? RPCError)?.code == .notFound
        }
    }
}
