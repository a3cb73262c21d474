import CairnCore
import Messages
import Ports

/// Fields that several services take, checked once as they come over the wire.
public enum WireChecks {
    public static func id<ID: Identifier>(
        _ bytes: [UInt8], _ field: String, _: ID.Type = ID.self
    ) throws(RPCError) -> ID {
        guard let id = ID(bytes: bytes) else {
            throw RPCError(.invalidArgument, "\(field) has \(bytes.count) bytes; expected 16")
        }
        return id
    }

    public static func digest(_ bytes: [UInt8], _ field: String) throws(RPCError) -> Digest {
        guard let digest = Digest(bytes: bytes) else {
            throw RPCError(
                .invalidArgument,
                "\(field) has \(bytes.count) bytes; expected a BLAKE3 digest of 32")
        }
        return digest
    }

    public static func number(_ text: String) throws(RPCError) -> VersionNumber {
        guard let number = VersionNumber(text) else {
            throw RPCError(
                .invalidArgument, "'\(text.prefix(40))' is no version number, as 1.2.0 is")
        }
        return number
    }
}
