import CairnCore

/// A version that stands, or stood: as far as the next one must know it.
public struct StandingVersion: Sendable, Equatable {
    public let number: VersionNumber
    public let manifest: Digest
    public let at: Timestamp
    /// It was deleted; its number stays taken.
    public let deletedAt: Timestamp?

    public init(
        number: VersionNumber, manifest: Digest, at: Timestamp, deletedAt: Timestamp? = nil
    ) {
        (self.number, self.manifest, self.at) = (number, manifest, at)
        self.deletedAt = deletedAt
    }
}

/// Which number a new version gets, and whose child it is.
public struct VersionAssignment: Sendable, Equatable {
    public let number: VersionNumber
    public let parent: VersionNumber?
    /// Where the parent is here.
    public let parentManifest: Digest?

    /// A wish as it comes over the wire.
    public struct Wish: Sendable, Equatable {
        /// `auto`, or a version number.
        public var number: String
        /// A version number; empty: the highest version there is.
        public var parent: String
        /// Of another ingest's version: its parent, or that it has none, is as it is there.
        public var isReplica: Bool

        public init(number: String, parent: String = "", isReplica: Bool = false) {
            (self.number, self.parent, self.isReplica) = (number, parent, isReplica)
        }
    }

    /// Decides by all versions that the model ever had. Changes nothing.
    public init(_ wish: Wish, of model: ModelName, standing: [StandingVersion]) throws(IngestError)
    {
        let latest = standing.max { $0.number < $1.number }
        let number = try Self.number(wish.number, of: model, after: latest?.number)
        if let holder = standing.first(where: { $0.number == number }) {
            if let time = holder.deletedAt {
                throw IngestError(
                    .taken,
                    "\(model)@\(number) was deleted \(time): a number is given once. Take another, "
                        + "or --version auto for "
                        + "\(model)@\(VersionNumber.automatic(after: latest?.number))")
            }
            throw IngestError(
                .taken,
                "\(model)@\(number) is taken: it holds \(holder.manifest.short), committed "
                    + "\(holder.at). Versions never change; take another number, or --version "
                    + "auto for \(model)@\(VersionNumber.automatic(after: latest?.number))",
                facts: ["held_by": holder.manifest.hex])
        }
        self.number = number
        if wish.isReplica {
            let named = wish.parent.isEmpty ? nil : try Self.number(wish.parent)
            (parent, parentManifest) = (named, standing.first { $0.number == named }?.manifest)
            return
        }
        let own =
            wish.parent.isEmpty
            ? standing.filter { $0.deletedAt == nil }.max { $0.number < $1.number }
            : try Self.parent(wish.parent, of: model, standing)
        (parent, parentManifest) = (own?.number, own?.manifest)
    }

    private static func number(
        _ text: String, of model: ModelName, after latest: VersionNumber?
    ) throws(IngestError) -> VersionNumber {
        if text == "auto" {
            guard (latest?.minor ?? 0) < .max else {
                throw IngestError(
                    .invalid,
                    "the highest version of \(model) has the highest minor number there is; give "
                        + "the next one a number of its own")
            }
            return .automatic(after: latest)
        }
        return try Self.number(text)
    }

    private static func number(_ text: String) throws(IngestError) -> VersionNumber {
        guard let number = VersionNumber(text) else {
            throw IngestError(
                .invalid,
                "'\(text)' is not a version: expected auto or a semantic version without build "
                    + "metadata, as 1.2.0 or 2.0.0-rc.1")
        }
        return number
    }

    private static func parent(
        _ text: String, of model: ModelName, _ standing: [StandingVersion]
    ) throws(IngestError) -> StandingVersion {
        if let number = VersionNumber(text),
            let found = standing.first(where: { $0.number == number })
        {
            return found
        }
        let near = Nearest.word(to: text, among: standing.map(\.number.description))
        throw IngestError(
            .notFound,
            "the parent \(model)@\(text) does not exist"
                + (near.map { "; did you mean '\(model)@\($0)'?" } ?? "")
                + ". Nothing was committed")
    }
}
