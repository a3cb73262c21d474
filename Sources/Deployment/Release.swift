import CairnCore

/// A version as a target sees it: its number for people, its manifest for truth.
public struct Release: Hashable, Sendable, CustomStringConvertible {
    public let number: VersionNumber
    public let manifest: Digest

    public init(number: VersionNumber, manifest: Digest) {
        (self.number, self.manifest) = (number, manifest)
    }

    public var description: String { "\(number) (\(manifest.short))" }
}

/// Which copy of a version a request goes to.
public enum Arm: String, Hashable, Sendable, CaseIterable {
    case stable, candidate
    /// A second copy of stable, which an experiment holds the candidate against.
    case baseline
    /// The candidate's second answer to a request that stable answered; nobody sees it.
    case mirror
}

/// What serves, whole: a pure function of the target's state. Epochs only rise.
public struct Route: Equatable, Sendable {
    public var epoch: UInt64 = 0
    public var fencingToken: UInt64 = 1
    /// 0 outside an attempt.
    public var attempt: UInt64 = 0
    public var stable: Release?
    public var candidate: Release?
    /// Of the candidate.
    public var weight = BasisPoints.zero
    /// Of the second copy of stable.
    public var baseline = BasisPoints.zero
    /// Of stable's requests, that the candidate answers too.
    public var mirror = BasisPoints.zero
    /// Asked before the weight, in order.
    public var pins: [Plan.Pin] = []
    /// In which cells hosts count what the attempt's version answers once it is stable.
    public var reference: [Reference.Column] = []
    /// What hosts hold on disk so that they can go back.
    public var keep: [Digest] = []
    public var changedAt = Timestamp(nanoseconds: 0)

    public init() {}

    public func release(of arm: Arm) -> Release? {
        switch arm {
        case .stable, .baseline: stable
        case .candidate, .mirror: candidate
        }
    }
}

/// Sticky routing without state: the same key goes to the same arm for as long as the weight stands,
/// and raising the weight only moves keys from stable to candidate.
public enum StickyRouting {
    /// hash(attempt, key) < weight, the hash uniform over 10,000 places.
    ///
    /// FNV-1a with a final mix: every router in every language can compute it.
    /// Source: Fowler, Noll, Vo; Stafford, mix13.
    public static func arm(
        for key: some Sequence<UInt8>, attempt: UInt64, weight: BasisPoints,
        baseline: BasisPoints = .zero
    ) -> Arm {
        if weight == .zero, baseline == .zero { return .stable }
        let place = place(of: key, attempt: attempt)
        if place < weight.value { return .candidate }
        // At the other end: a rising weight never meets it.
        return place >= baseline.complement.value ? .baseline : .stable
    }

    /// Where a key stands among 0…9,999 for one attempt.
    public static func place(of key: some Sequence<UInt8>, attempt: UInt64) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for shift in 0..<8 { take(UInt8(truncatingIfNeeded: attempt >> (8 * UInt64(shift)))) }
        for byte in key { take(byte) }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        return Int(hash.multipliedFullWidth(by: 10_000).high)
    }
}
