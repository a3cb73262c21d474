import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// What comes over the wire, checked once: afterwards nobody doubts it again.
enum Checks {
    static func name(_ text: String, _ what: String) throws -> ModelName {
        do { return try ModelName(text) } catch {
            throw RPCError(
                .invalidArgument,
                "'\(text.prefix(40))' is no name of a \(what): expected 1 to 128 of letters, digits, "
                    + "'.', '_', '-', starting with a letter or digit")
        }
    }

    /// A plain name whose ending says the format.
    static func fileName(_ text: String) throws -> String {
        let isPlain =
            (1...255).contains(text.utf8.count) && !text.utf8.contains(UInt8(ascii: "/"))
            && !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
        guard isPlain, RowFormat(fileName: text) != nil else {
            throw RPCError(
                .invalidArgument,
                "'\(text.prefix(60))' is no data set's file name: expected a name that ends in "
                    + RowFormat.endingsText)
        }
        return text
    }

    /// What says the format of uploaded predictions; JSON Lines where they have no name.
    static func predictionsEnding(_ fileName: String) throws -> String {
        let ending = PredictionsFile.ending(of: fileName)
        guard RowFormat(ending: ending) != nil else {
            throw RPCError(
                .invalidArgument,
                "'\(fileName.prefix(60))' is no name of predictions: expected one that ends in "
                    + "\(RowFormat.endingsText). Nothing was stored")
        }
        return ending
    }

    static func schema(_ message: Messages.DatasetSchema?) throws -> Evaluation.DatasetSchema? {
        guard let message else { return nil }
        do { return try Evaluation.DatasetSchema(message) } catch {
            throw RPCError(.invalidArgument, "\(error). Nothing was stored")
        }
    }

    static func version(_ event: VersionCommitted) throws -> KnownVersion {
        var parent: KnownVersion.Parent?
        if !event.parent.isEmpty {
            parent = KnownVersion.Parent(
                number: try WireChecks.number(event.parent),
                manifest: try WireChecks.digest(
                    event.parentManifestDigest, "parent_manifest_digest"))
        }
        return KnownVersion(
            model: try name(event.model, "model"), number: try WireChecks.number(event.number),
            manifest: try WireChecks.digest(event.manifestDigest, "manifest_digest"), parent: parent
        )
    }

    static func alpha(_ alpha: Double) throws -> Double {
        guard alpha >= 0, alpha < 1 else {
            throw RPCError(.invalidArgument, "alpha is \(alpha); expected a number in (0, 1)")
        }
        return alpha == 0 ? SuiteGate.usualAlpha : alpha
    }
}
