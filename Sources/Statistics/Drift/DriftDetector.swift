/// A detector that sees one value at a time and says when the stream has changed.
public protocol DriftDetector: StoredAsNumbers {
    /// Takes the next value.
    ///
    /// A value that the detector cannot use (NaN, and where moments are needed what is beyond
    /// ±10¹⁴⁰) is left out: the state does not change, except that it is counted in `ignoredCount`,
    /// and the answer is `.none`.
    mutating func add(_ value: Double) -> DriftSignal

    /// How many values were left out because they could not be used.
    var ignoredCount: Int { get }
}

extension Double {
    /// Whether sums of squares of such values stay far inside the range, so that one value cannot
    /// blind a detector for good.
    var hasMoments: Bool { magnitude <= 1e140 }
}

/// What a detector says after a value.
public enum DriftSignal: String, Equatable, Sendable, CaseIterable {
    case none
    /// Suspicious, not yet a change. Only `DDM` says so.
    case warning
    /// The stream changed. For detectors that tell, in which direction.
    case drift, driftUp, driftDown

    public var isDrift: Bool { self == .drift || self == .driftUp || self == .driftDown }
}
