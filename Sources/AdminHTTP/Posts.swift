/// What somebody posted, with the name that it came under.
public struct PostedBody: Sendable, Equatable {
    public let path: String
    /// Of the header `Authorization`; empty: there was none.
    public let authorization: String
    public let bytes: [UInt8]

    public init(path: String, authorization: String, bytes: [UInt8]) {
        (self.path, self.authorization, self.bytes) = (path, authorization, bytes)
    }

    /// Whether it carries `Bearer TOKEN`. Compares every byte, however many are right.
    public func isAuthorized(by token: String) -> Bool {
        let (got, want) = (Array(authorization.utf8), Array("Bearer \(token)".utf8))
        var difference = got.count ^ want.count
        for (index, byte) in want.enumerated() {
            difference |= Int(byte ^ (index < got.count ? got[index] : 0))
        }
        return difference == 0
    }
}

/// An answer to what was posted.
public struct PostAnswer: Sendable, Equatable {
    public let status: Int
    public let text: String

    public init(_ status: Int, _ text: String) { (self.status, self.text) = (status, text) }
}

/// Takes what is posted to one path.
public typealias PostHandler = @Sendable (PostedBody) async -> PostAnswer

/// A body while it comes in.
final class PostedDraft: @unchecked Sendable {
    // Only the library's one thread touches it, until the exchange is handed on.
    private(set) var bytes: [UInt8] = []
    private(set) var isTooLong = false
    let authorization: String

    static let byteCountMax = 1 << 20

    init(authorization: String) { self.authorization = authorization }

    func add(_ part: UnsafeRawBufferPointer) {
        guard bytes.count + part.count <= Self.byteCountMax else {
            isTooLong = true
            return
        }
        bytes += part
    }
}
