import CairnCore
import Messages
import Ports
import Routing

extension AgentMemory {
    private static let version: UInt8 = 1

    /// A version byte, the length of the table's message as four bytes, little end first, the
    /// message, and 32 bytes for each proven version.
    public func encoded() throws -> [UInt8] {
        let message = try table.message.encoded()
        let length = (0..<4).map { UInt8(truncatingIfNeeded: message.count >> (8 * $0)) }
        let bytes = [Self.version] + length + message + proven.flatMap(\.bytes)
        guard bytes.count <= ModelFolderLimits.memoryByteCount else {
            throw RPCError(
                .resourceExhausted,
                "the table of epoch \(table.epoch) takes \(bytes.count) bytes to remember; "
                    + "\(ModelFolderLimits.memoryByteCount) is most")
        }
        return bytes
    }

    /// - Throws: `RPCError.dataLoss` when the bytes are not what `encoded` made.
    public init(decoding bytes: [UInt8]) throws {
        let damaged = RPCError(
            .dataLoss,
            "the agent's memory is not readable by this version; move agent.state away and start "
                + "again: versions on disk are verified anew")
        guard bytes.count >= 5, bytes[0] == Self.version else { throw damaged }
        let length = (0..<4).reduce(0) { $0 | Int(bytes[1 + $1]) << (8 * $1) }
        let rest = bytes.dropFirst(5)
        guard length <= rest.count, (rest.count - length) % Digest.byteCount == 0 else {
            throw damaged
        }
        table = try ServingTable(checking: RouteTable(decoding: Array(rest.prefix(length))))
        let tail = Array(rest.dropFirst(length))
        proven = stride(from: 0, to: tail.count, by: Digest.byteCount).compactMap {
            Digest(bytes: tail[$0..<($0 + Digest.byteCount)])
        }
    }
}
