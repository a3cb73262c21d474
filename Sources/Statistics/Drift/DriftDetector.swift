/// A detector that sees one value at a time and says when the stream has changed.
public protocol DriftDetector: StoredAsNumbers {
    /// Takes the next value.
    ///
    /// A value that the detector cannot use (NaN, and infinity where moments are needed) is left
    /// out: the state does not change, except that it is counted in `ignoredCount`, and the answer
    /// is `.none`.
    mutating func add(_ value: Double) -> DriftSignal

    /// How many values were left out because they could not be used.
    var ignoredCount: Int { get }
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
