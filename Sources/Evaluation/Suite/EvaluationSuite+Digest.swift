import CairnCore

extension EvaluationSuite {
    /// BLAKE3 of `canonicalBytes`: two texts that mean the same suite have the same digest.
    public var digest: Digest { Digest(of: canonicalBytes) }

    /// `cairn-suite-1\n`, then every field in a fixed order: texts with their length before them,
    /// numbers as little-endian UInt64, `Double` by its bits, lists with their count before them.
    /// What came later follows only where it is used, so that older suites keep their digests.
    public var canonicalBytes: [UInt8] {
        var out = CanonicalBytes("cairn-suite-1\n")
        out.put(name.description)
        out.put(model.description)
        out.put(dataset)
        out.put(task.description)
        if case .binary(let positive) = task { out.put(positive) }
        out.put(labelColumn)
        out.put(UInt64(repeats))
        out.put(list: listedMetrics) { $0.put($1.name) }
        out.put(list: gates) { $0.put($1) }
        out.put(list: runner.map { [$0] } ?? []) { $0.put($1) }
        if options != SuiteOptions() { out.put(options) }
        if let runner, runner.hasLaterFields { out.putLaterFields(of: runner) }
        return out.bytes
    }
}

/// Bytes that are the same wherever the same values are written.
private struct CanonicalBytes {
    var bytes: [UInt8]

    init(_ magic: String) { bytes = Array(magic.utf8) }

    mutating func put(_ number: UInt64) {
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }

    mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    mutating func put(_ digest: Digest) { bytes += digest.bytes }

    /// −0 and 0 are one bound.
    mutating func put(_ number: Double) { put(number == 0 ? UInt64(0) : number.bitPattern) }

    mutating func put<Item>(list: [Item], _ body: (inout CanonicalBytes, Item) -> Void) {
        put(UInt64(list.count))
        for item in list { body(&self, item) }
    }

    mutating func put(_ gate: SuiteGate) {
        put(gate.metric.name)
        switch gate.condition {
        case .atLeast(let bound):
            put("at_least")
            put(bound)
        case .atMost(let bound):
            put("at_most")
            put(bound)
        case .notWorseThanParent(let margin):
            put("not_worse_than_parent_by")
            put(margin)
            put(gate.alpha)
        case .notWorseThanStable(let margin):
            put("not_worse_than_stable_by")
            put(margin)
            put(gate.alpha)
        }
    }

    mutating func put(_ runner: RunnerSpec) {
        put(list: runner.command) { $0.put($1) }
        put(UInt64(runner.timeLimit.wholeMilliseconds))
        put(runner.outputByteCountMax)
        put(list: runner.environment) {
            $0.put($1.name)
            $0.put($1.value)
        }
    }

    mutating func put(_ options: SuiteOptions) {
        put("options")
        put(list: options.slices) { $0.put($1) }
        put(options.weightColumn)
        put(options.zeroDivision.rawValue)
        put(options.seed)
        put(UInt64(bitPattern: Int64(options.priority)))
        put(options.skipsInvalid ? UInt64(1) : 0)
        put(options.stableTarget?.description ?? "")
    }

    mutating func putLaterFields(of runner: RunnerSpec) {
        put("runner")
        put(runner.memoryByteCountMax)
        put(runner.user)
        put(runner.predictionsFile)
    }
}
