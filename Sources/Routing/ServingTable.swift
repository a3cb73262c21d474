import CairnCore
import Messages

/// A route table that was checked: what a router splits by and what an agent must have on disk.
public struct ServingTable: Sendable, Equatable {
    public struct Arm: Sendable, Equatable {
        /// `1.2.0`.
        public let number: String
        public let manifest: Digest
        public let weight: BasisPoints

        public init(number: String, manifest: Digest, weight: BasisPoints) {
            (self.number, self.manifest, self.weight) = (number, manifest, weight)
        }
    }

    public enum Limits {
        /// Versions to keep: each costs a disk the size of a model.
        public static let keepCount = 64
        public static let textByteCount = 256
        public static let pinCount = 64
        public static let histogramCount = 32
    }

    public let target: TargetName
    public let model: String
    public let epoch: UInt64
    public let fencingToken: UInt64
    /// 0 outside an attempt.
    public let attempt: UInt64
    /// Absent before the first version serves.
    public let stable: Arm?
    /// Absent outside an attempt.
    public let candidate: Arm?
    /// What may be needed to go back.
    public let keep: [Digest]
    public let changed: Timestamp
    /// Of stable's share, what goes to its second copy.
    public let baseline: BasisPoints
    /// Of stable's requests, what the candidate answers too.
    public let mirror: BasisPoints
    /// Asked before the weights, in order.
    public let pins: [Pin]
    /// What to count of the stable version's requests.
    public let histograms: [Histogram]

    /// - Throws: `TableError` when the table cannot be put in force by anybody.
    public init(checking table: RouteTable) throws(TableError) {
        do throws(NameError) {
            target = try TargetName(table.target)
        } catch {
            throw TableError(error.description)
        }
        guard table.epoch > 0 else { throw TableError("the table has no epoch") }
        guard table.model.utf8.count <= Limits.textByteCount else {
            throw TableError("the model's name has \(table.model.utf8.count) bytes")
        }
        guard table.keepDigests.count <= Limits.keepCount else {
            throw TableError(
                "\(table.keepDigests.count) versions to keep; \(Limits.keepCount) is most")
        }
        (model, epoch, fencingToken) = (table.model, table.epoch, table.fencingToken)
        attempt = table.attempt
        stable = try table.stable.map { arm throws(TableError) in try Arm(checking: arm, "stable") }
        candidate = try table.candidate.map { arm throws(TableError) in
            try Arm(checking: arm, "candidate")
        }
        keep = try table.keepDigests.map { bytes throws(TableError) in
            try Self.digest(bytes, "a version to keep")
        }
        changed = Timestamp(milliseconds: table.changedUnixMs)
        baseline = try Self.share(table.baselineBp, "the baseline")
        mirror = try Self.share(table.mirrorBp, "the mirror")
        guard table.pins.count <= Limits.pinCount else {
            throw TableError("\(table.pins.count) pins; \(Limits.pinCount) is most")
        }
        pins = try table.pins.map { pin throws(TableError) in try Pin(checking: pin) }
        guard table.histograms.count <= Limits.histogramCount else {
            throw TableError(
                "\(table.histograms.count) histograms; \(Limits.histogramCount) is most")
        }
        histograms = try table.histograms.map { spec throws(TableError) in
            try Histogram(checking: spec)
        }
        guard baseline.value <= stable?.weight.value ?? 0 else {
            throw TableError("the baseline has \(baseline), which is more than stable has")
        }
        let sum = (stable?.weight.value ?? 0) + (candidate?.weight.value ?? 0)
        guard stable == nil || sum == BasisPoints.all.value else {
            throw TableError("the weights sum to \(sum) basis points, expected 10000")
        }
    }

    private static func share(_ value: UInt32, _ whose: String) throws(TableError) -> BasisPoints {
        guard let share = BasisPoints(Int(value)) else {
            throw TableError("\(whose) has \(value) basis points; 10000 is most")
        }
        return share
    }

    static func digest(_ bytes: [UInt8], _ whose: String) throws(TableError) -> Digest {
        guard let digest = Digest(bytes: bytes) else {
            throw TableError(
                "the manifest digest of \(whose) has \(bytes.count) bytes, expected 32")
        }
        return digest
    }

    /// The table as it came over the wire.
    public var message: RouteTable {
        RouteTable(
            target: target.description, model: model, epoch: epoch, fencingToken: fencingToken,
            attempt: attempt, stable: stable?.message, candidate: candidate?.message,
            keepDigests: keep.map(\.bytes), changedUnixMs: changed.milliseconds,
            baselineBp: UInt32(baseline.value), mirrorBp: UInt32(mirror.value),
            pins: pins.map(\.message), histograms: histograms.map(\.message))
    }

    /// Whether both send the same share of the same keys to the same versions.
    public func routesAlike(_ other: ServingTable) -> Bool {
        (attempt, stable, candidate) == (other.attempt, other.stable, other.candidate)
            && (baseline, mirror) == (other.baseline, other.mirror) && pins == other.pins
    }

    /// Versions that a host needs under this table, most urgent first, each once.
    public var needed: [Digest] {
        var seen = Set<Digest>()
        return ([stable?.manifest, candidate?.manifest].compactMap { $0 } + keep)
            .filter { seen.insert($0).inserted }
    }
}

extension ServingTable.Arm {
    init(checking arm: Arm, _ whose: String) throws(TableError) {
        guard let weight = BasisPoints(Int(arm.weightBp)) else {
            throw TableError("\(whose) has a weight of \(arm.weightBp) basis points; 10000 is most")
        }
        guard arm.number.utf8.count <= ServingTable.Limits.textByteCount else {
            throw TableError("\(whose)'s number has \(arm.number.utf8.count) bytes")
        }
        self.init(
            number: arm.number, manifest: try ServingTable.digest(arm.manifestDigest, whose),
            weight: weight)
    }

    var message: Arm {
        Messages.Arm(
            number: number, manifestDigest: manifest.bytes, weightBp: UInt32(weight.value))
    }
}

/// A route table breaks the rules; the text says which one.
public struct TableError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
