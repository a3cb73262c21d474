import CairnCore
import CairnTestKit
import FileBlobs
import Ports
import TensorCodec
import Testing

/// Versions of one tensor in a store that keeps them as differences.
@Suite struct CodedChunkTests {
    /// `count` float32 tensors, each a small step from the one before.
    static func versions(_ count: Int, elements: Int, seed: UInt64 = 1) -> [[UInt8]] {
        var random = SeededRandom(seed: seed)
        var values = (0..<elements).map { _ in Float.random(in: -0.1...0.1, using: &random) }
        return (0..<count).map { _ in
            defer {
                for index in values.indices {
                    values[index] += Float.random(in: -1e-6...1e-6, using: &random)
                }
            }
            return values.flatMap { withUnsafeBytes(of: $0.bitPattern) { Array($0) } }
        }
    }

    /// Each a difference to the one before, where the store finds that it pays.
    @discardableResult
    static func put(_ versions: [[UInt8]], _ store: PackStore) throws -> [ChunkForm] {
        var forms: [ChunkForm] = []
        for (index, bytes) in versions.enumerated() {
            let parent = index > 0 ? Digest(of: versions[index - 1]) : nil
            let form = store.form(
                Digest(of: bytes), SharedBytes(bytes), ChunkHint(element: .float32, parent: parent))
            #expect(try store.put(form))
            forms.append(form)
        }
        return forms
    }

    @Test func aChainIsReadBackFromIndexesAndFromThePackItself() throws {
        let versions = Self.versions(12, elements: 20_000)
        let folder = try ScratchFolder()
        var store = try PackStore(folder: folder.path, packByteCountMax: 100_000, warmByteCount: 0)
        let forms = try Self.put(versions, store)
        #expect(forms.count { $0.code == .deltaByExponent } >= 10)
        #expect(forms.count { $0.parent == nil } == 2, "no chain is longer than eight")
        let raw = versions.reduce(0) { $0 + $1.count }
        #expect(try store.figures().storedByteCount < UInt64(raw * 2 / 3))
        try store.makeDurable()
        for way in ["open", "indexes", "scan"] {
            if way == "scan" {
                // An index that is damaged is as good as none.
                for number in 1...3 { try folder.write("0000000\(number).idx", [0]) }
            }
            if way != "open" {
                store = try PackStore(
                    folder: folder.path, packByteCountMax: 100_000, warmByteCount: 0)
            }
            for bytes in versions.reversed() {
                #expect(try store.bytes(of: Digest(of: bytes)).bytes == bytes, "\(way)")
            }
        }
    }

    @Test func aRoundedCopyTakesNothing() throws {
        let full = Self.versions(1, elements: 5_000)[0]
        var half: [UInt8] = []
        for start in stride(from: 0, to: full.count, by: 4) {
            let bits = full[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16
            half += [UInt8(rounded & 255), UInt8(rounded >> 8)]
        }
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path, warmByteCount: 0)
        try Self.put([full], store)
        let form = store.form(
            Digest(of: half), SharedBytes(half),
            ChunkHint(element: .bfloat16, source: Digest(of: full)))
        #expect(form.code == .cast && form.payload.count == 0)
        _ = try store.put(form)
        #expect(try store.bytes(of: Digest(of: half)).bytes == half)
    }

    @Test func aHintThatDoesNotFitCostsRoomAndNothingElse() throws {
        let versions = Self.versions(2, elements: 5_000)
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path)
        try Self.put([versions[0]], store)
        let (other, digest) = (chunk(9).bytes, chunk(9).digest)
        for hint in [
            ChunkHint(element: .float32, parent: digest, source: digest),
            ChunkHint(element: .bfloat16, parent: Digest(of: versions[0])),
            ChunkHint(element: .float64, source: Digest(of: versions[0])),
        ] {
            let form = store.form(digest, other, hint)
            #expect(form.parent == nil && form.payload.count <= other.count)
        }
        let itself = store.form(
            Digest(of: versions[1]), SharedBytes(versions[1]),
            ChunkHint(element: .float32, parent: Digest(of: versions[1])))
        #expect(itself.parent == nil, "nothing is a difference to itself")
    }

    @Test func aDamagedParentIsNamedAndEverythingHealsWithTheNextPush() throws {
        let versions = Self.versions(4, elements: 5_000)
        let folder = try ScratchFolder()
        var store = try PackStore(folder: folder.path, warmByteCount: 0)
        let apart = chunk(3)
        _ = try store.put(apart.digest, apart.bytes)
        try Self.put(versions, store)
        try store.makeDurable()
        var pack = try folder.read("00000001.pack")
        // In the first version's stored bytes.
        pack[64 + 5_000 + 64 + 500] ^= 1
        try folder.write("00000001.pack", pack)
        let error = #expect(throws: ChunkStoreError.self) {
            try store.bytes(of: Digest(of: versions[3]))
        }
        #expect(error?.code == .damaged)
        #expect(error?.description.contains(Digest(of: versions[0]).short) == true)
        #expect(try store.bytes(of: apart.digest).bytes == apart.bytes.bytes, "harms no other")
        for version in versions {
            let digest = Digest(of: version)
            if !store.contains(digest) {
                _ = try store.put(
                    store.form(digest, SharedBytes(version), ChunkHint(element: .float32)))
            }
        }
        try store.makeDurable()
        store = try PackStore(folder: folder.path, warmByteCount: 0)
        for version in versions {
            #expect(try store.bytes(of: Digest(of: version)).bytes == version)
        }
    }

    /// Whatever fails and whatever a power cut leaves: what is found can be read.
    @Test(arguments: MemoryFileSystem.Fault.allCases)
    func nothingIsFoundWhoseParentWasLost(fault: MemoryFileSystem.Fault) throws {
        let versions = Self.versions(6, elements: 400)
        func push(_ files: MemoryFileSystem) -> Set<Int> {
            var durable: Set<Int> = []
            // A fault ends a call, not the story.
            guard
                let store = try? PackStore(
                    folder: "c", files: files, packByteCountMax: 3_000, warmByteCount: 0)
            else { return [] }
            for (number, bytes) in versions.enumerated() {
                let parent = number > 0 ? Digest(of: versions[number - 1]) : nil
                let form = store.form(
                    Digest(of: bytes), SharedBytes(bytes),
                    ChunkHint(element: .float32, parent: parent))
                _ = try? store.put(form)
                guard number % 2 == 1, (try? store.makeDurable()) != nil else { continue }
                durable.formUnion(
                    versions.indices.filter {
                        store.state(of: Digest(of: versions[$0]))?.isDurable == true
                    })
            }
            return durable
        }
        let calm = MemoryFileSystem()
        #expect(push(calm).count == versions.count)
        for operation in 0...calm.operationCount {
            for seed in UInt64(0)..<6 {
                let files = MemoryFileSystem(seed: seed)
                files.plan(fault, at: operation)
                let durable = push(files)
                files.losePower(keepingCache: seed % 2 == 0)
                let store = try PackStore(folder: "c", files: files, warmByteCount: 0)
                for (number, bytes) in versions.enumerated() {
                    let digest = Digest(of: bytes)
                    let story = "\(fault) at \(operation), seed \(seed), version \(number)"
                    if durable.contains(number) { #expect(store.contains(digest), "\(story)") }
                    guard store.contains(digest) else { continue }
                    #expect(try store.bytes(of: digest).bytes == bytes, "\(story)")
                }
            }
        }
    }
}
