import CairnCore
import CairnTestKit
import Ingestion
import Messages
import Ports
import Testing

/// Random operations of a client that insists, against a model of what must be there.
@Suite struct RandomStoryTests {
    @Test func whatTheModelHasIsThereAfterAnyStory() async throws {
        for seed in UInt64(0)..<1_000 {
            let home = Home.memory(MemoryIngestCatalog(), MemoryChunkStore())
            var story = try Story(seed: seed, home)
            for _ in 0..<12 { try await story.step() }
            try await story.check()
        }
    }

    @Test func andOverRealStoresToo() async throws {
        for seed in UInt64(5_000)..<5_012 {
            var story = try Story(seed: seed, .folder(try ScratchFolder()))
            for _ in 0..<12 { try await story.step() }
            try await story.check()
        }
    }
}

/// Where a service lives over its restarts.
enum Home {
    case memory(MemoryIngestCatalog, MemoryChunkStore)
    case folder(ScratchFolder)

    /// The service after a start, or after a crash in which the machine lost power.
    func start(seed: UInt64) throws -> Cluster {
        switch self {
        case .memory(let catalog, let chunks):
            chunks.losePower()
            return Cluster(catalog: catalog, chunks: chunks, random: SeededRandom(seed: seed))
        case .folder(let folder):
            return try Cluster(in: folder)
        }
    }

    /// One of the coming operations of a store fails.
    func injectFault(using random: inout SeededRandom) {
        guard case .memory(let catalog, let chunks) = self else { return }
        let after = Int.random(in: 0..<4, using: &random)
        if Bool.random(using: &random) {
            chunks.fail(after: after)
        } else {
            let kinds: [MemoryIngestCatalog.Fault] = [.failsBefore, .failsAfter, .isFull]
            catalog.fail(kinds.randomElement(using: &random) ?? .isFull, after: after)
        }
    }
}

/// One story under a seed.
struct Story {
    private let seed: UInt64
    private let home: Home
    private var random: SeededRandom
    private var cluster: Cluster
    private var steps = 0

    private var versions: [VersionNumber: [String: [UInt8]]] = [:]
    private var parents: [VersionNumber: VersionNumber] = [:]
    private var aliases: [String: VersionNumber] = [:]
    private var losses: [UInt8: Double] = [:]
    private var uploads: [(id: UInt64, files: [String: [UInt8]], answer: UploadCommitted)] = []
    private static let run = RunID(high: 1, low: 1)

    init(seed: UInt64, _ home: Home) throws {
        (self.seed, self.home, random) = (seed, home, SeededRandom(seed: seed))
        cluster = try home.start(seed: seed)
    }

    private var label: String { "seed \(seed), step \(steps)" }
    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    /// What a client does that takes no "later" for an answer.
    private func insist<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        for _ in 0..<5 {
            do { return try await body() } catch let error as RPCError where error.canRetry {}
        }
        return try await body()
    }

    mutating func step() async throws {
        steps += 1
        switch pick(9) {
        case 0, 1, 2: try await push()
        case 3: try await repeatCommit()
        case 4: try await log()
        case 5: try await moveAlias()
        case 6: try await pull()
        case 7: cluster = try home.start(seed: seed &+ UInt64(steps))
        default: home.injectFault(using: &random)
        }
    }

    /// Few short files made of few chunks, so that they often share some.
    private mutating func files() -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for number in 0...pick(3) {
            files["f\(number)"] = (0..<pick(4)).flatMap { _ in
                Array(repeating: UInt8(pick(5)), count: 4)
            }
        }
        return files
    }

    private mutating func push() async throws {
        let (files, id, cluster) = (files(), random.next(), cluster)
        let highest = versions.keys.max()
        let wish: VersionNumber? = pick(2) == 0 ? nil : VersionNumber(0, UInt32(pick(6)), 1)
        do {
            let pushed = try await insist {
                try await cluster.push(
                    files, version: wish?.number ?? "auto", upload: id, chunkByteCount: 4)
            }
            let number = wish ?? VersionNumber.automatic(after: highest)
            #expect(versions[number] == nil, "a taken version was given away: \(label)")
            #expect(pushed.answer.version?.number == number.number, "\(label)")
            #expect(pushed.answer.version?.parent == (highest?.number ?? ""), "\(label)")
            versions[number] = files
            parents[number] = highest
            uploads.append((id, files, pushed.answer))
        } catch let error as RPCError {
            #expect(error.code == .alreadyExists, "\(error): \(label)")
            #expect(wish.flatMap { versions[$0] } != nil, "\(label)")
        }
    }

    private mutating func repeatCommit() async throws {
        guard !uploads.isEmpty else { return }
        let (id, files, answer) = uploads[pick(uploads.count)]
        let cluster = cluster
        let again = try await insist {
            try await cluster.push(files, upload: id, chunkByteCount: 4)
        }
        #expect(again.answer.checkpointId == answer.checkpointId, "\(label)")
        #expect(again.answer.version?.number == answer.version?.number, "\(label)")
    }

    private mutating func log() async throws {
        let (batch, cluster) = (UInt8(pick(6)), cluster)
        let value = losses[batch] ?? Double(pick(100))
        _ = try await insist {
            _ = try await cluster.channel.call(
                IngestMethods.startRun, StartRun(runId: Self.run.bytes, model: "m"))
            return try await cluster.channel.call(
                IngestMethods.logMetrics,
                LogMetrics(
                    runId: Self.run.bytes, batchId: Array(repeating: batch, count: 16),
                    series: [
                        MetricPoints(
                            key: "loss", step: [Int64(batch)], timeUnixMs: [0], value: [value])
                    ]))
        }
        losses[batch] = value
    }

    private mutating func moveAlias() async throws {
        guard let number = versions.keys.sorted().randomElement(using: &random) else { return }
        let (alias, cluster) = (["champion", "staging"][pick(2)], cluster)
        _ = try await insist {
            try await cluster.channel.call(
                IngestMethods.setAlias, SetAlias(model: "m", alias: alias, number: number.number))
        }
        aliases[alias] = number
    }

    private mutating func pull() async throws {
        guard let number = versions.keys.sorted().randomElement(using: &random) else { return }
        #expect(try await cluster.pull("m@\(number)") == versions[number], "\(label)")
    }

    /// Everything, after one more crash.
    mutating func check() async throws {
        cluster = try home.start(seed: seed)
        if versions.isEmpty && losses.isEmpty { return }
        let list = try await cluster.list()
        #expect(
            list.versions.map { VersionNumber($0.number) } == versions.keys.sorted(), "\(label)")
        for record in list.versions {
            guard let number = VersionNumber(record.number) else { continue }
            #expect(record.parent == parents[number]?.number ?? "", "\(label)")
            #expect(try await cluster.pull("m@\(number)") == versions[number], "\(label)")
            let own = aliases.filter { $0.value == number }.keys.sorted()
            #expect(record.aliases == own, "\(label)")
        }
        #expect(try await cluster.verify().damages == [], "\(label)")
        #expect(
            try await cluster.service.status().undeliveredEventCount == UInt64(versions.count),
            "\(label)")
        guard !losses.isEmpty else { return }
        let history = try await cluster.channel.stream(
            IngestMethods.getMetricHistory, GetMetricHistory(runId: Self.run.bytes, key: "loss")
        ) { try await $0.all() }
        #expect(
            history.flatMap { $0.points?.value ?? [] }
                == losses.sorted { $0.key < $1.key }.map(\.value),
            "\(label)")
    }
}
