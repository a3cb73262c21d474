import CairnCore

/// Which number a new version gets, and whose child it is.
public struct VersionAssignment: Sendable, Equatable {
    public let number: VersionNumber
    public let parent: VersionNumber?

    /// A wish as it comes over the wire.
    public struct Wish: Sendable, Equatable {
        /// `auto`, or a version number.
        public var number: String
        /// A version number; empty: the highest version there was.
        public var parent: String

        public init(number: String, parent: String = "") {
            (self.number, self.parent) = (number, parent)
        }
    }

    /// Decides by the versions that stand. Changes nothing.
    ///
    /// - Parameter standing: every version of the model with a sentence on what holds it.
    public init(
        _ wish: Wish, of model: ModelName, standing: [VersionNumber: String]
    ) throws(AssignmentError) {
        if wish.number == "auto" {
            let latest = standing.keys.max()
            guard (latest?.minor ?? 0) < .max else {
                throw AssignmentError(
                    .badNumber,
                    "\(model)@\(latest!) has the highest minor number there is; give "
                        + "the next version a number of its own")
            }
            number = .automatic(after: latest)
        } else if let given = VersionNumber(wish.number) {
            number = given
        } else {
            throw AssignmentError(
                .badNumber,
                "'\(wish.number)' is not a version: expected auto or a semantic version "
                    + "without build metadata, as 1.2.0 or 2.0.0-rc.1")
        }
        if let holder = standing[number] {
            throw AssignmentError(
                .taken,
                "\(model)@\(number) is taken: \(holder). Versions never change; take "
                    + "another number, or --version auto for \(model)@"
                    + "\(VersionNumber.automatic(after: standing.keys.max()))")
        }
        if wish.parent.isEmpty {
            parent = standing.keys.max()
        } else {
            guard let given = VersionNumber(wish.parent), standing[given] != nil else {
                throw AssignmentError(
                    .noParent,
                    "the parent \(model)@\(wish.parent) does not exist; nothing was "
                        + "committed")
            }
            parent = given
        }
    }
}

/// A version cannot be made as it was asked for. Nothing was changed.
public struct AssignmentError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable { case badNumber, taken, noParent }
    public let code: Code
    public let description: String

    init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}
