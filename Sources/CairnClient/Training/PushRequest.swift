import CairnCore
import Messages

/// What a push makes of its files.
public struct PushRequest: Sendable {
    public enum Version: Sendable, Equatable {
        /// The next minor version after the highest, 0.1.0 at first.
        case auto
        case number(VersionNumber)
    }

    public var model: String
    /// The run that the checkpoint belongs to; `nil` for a push outside a run.
    public var run: RunID?
    public var step: Int64 = 0
    /// `nil` makes a checkpoint without a version.
    public var version: Version?
    /// The version before it; `nil` is the highest there is.
    public var parent: VersionNumber?
    public var note = ""
    public var metrics: [String: Double] = [:]
    public var config: [String: String] = [:]
    /// Lock-file lines, for a push outside a run.
    public var dependencies: [String] = []
    /// Names this push for ever: a push that is repeated with the same one goes on where it was, and
    /// commits once. `nil` takes a fresh one.
    public var uploadID: UploadID?

    public init(
        model: String, run: RunID? = nil, step: Int64 = 0, version: Version? = nil,
        metrics: [String: Double] = [:]
    ) {
        (self.model, self.run, self.step) = (model, run, step)
        (self.version, self.metrics) = (version, metrics)
    }

    var newVersion: NewVersion? {
        version.map { version in
            let number =
                switch version {
                case .auto: "auto"
                case .number(let number): number.number
                }
            return NewVersion(number: number, parent: parent?.number ?? "", note: note)
        }
    }
}

/// How far a push is, in bytes of the files.
public struct PushProgress: Sendable, Equatable {
    public var byteCount: Int
    /// Read, hashed, and with ingest.
    public var doneByteCount = 0
    /// Of these, what had to travel; the rest was stored already.
    public var sentByteCount = 0

    public init(byteCount: Int) { self.byteCount = byteCount }
}

/// What a push did.
public struct PushResult: Sendable, Equatable {
    public let manifest: Digest
    public let checkpoint: [UInt8]
    /// `nil` when none was asked for.
    public let version: VersionRecord?
    public let progress: PushProgress
    /// An earlier try had committed it.
    public let wasCommitted: Bool
}
