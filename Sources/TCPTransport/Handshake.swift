import Framing
import Messages
import Ports

/// The wire versions that this program speaks, and how two sides agree on one.
enum Handshake {
    static let version = UInt32(FrameHeader.version)

    static func hello(name: String, token: [UInt8], features: [String]) -> Hello {
        Hello(
            versionMin: version, versionMax: version, name: name, token: token, features: features)
    }

    /// - Throws: `.protocol` when there is no version that both sides speak.
    static func check(_ hello: Hello) throws(RPCError) {
        guard hello.versionMin <= version, version <= hello.versionMax else {
            throw RPCError(
                .protocol,
                "the client speaks wire versions \(hello.versionMin) to \(hello.versionMax), this "
                    + "service \(version); update the older of the two",
                facts: ["version": "\(version)"])
        }
    }

    static func check(_ reply: HelloReply) throws(RPCError) {
        guard reply.version == version else {
            throw RPCError(
                .protocol, "the service chose wire version \(reply.version), which was not offered")
        }
    }
}
