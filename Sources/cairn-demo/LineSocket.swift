import Glibc
import LinuxHost

/// A loopback connection that carries lines of text: how the demo's camera asks its serving program.
///
/// Blocking, for one thread at a time. The demo's serving program stands for a user's own, which
/// speaks whatever it likes; Cairn does not see these lines.
final class LineSocket {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(adopting descriptor: Int32) {
        self.descriptor = descriptor
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(4))
    }

    deinit { close(descriptor) }

    convenience init(port: UInt16) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw HostError.last("socket") }
        var address = Self.loopback(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let error = HostError.last("connecting to port \(port)")
            close(descriptor)
            throw error
        }
        self.init(adopting: descriptor)
    }

    static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// The next line without its end, or `nil` when the peer is gone.
    func readLine() throws -> String? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line
            }
            var chunk = [UInt8](repeating: 0, count: 4_096)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count == 0 { return nil }
            if count < 0 {
                if errno == EINTR { continue }
                throw HostError.last("reading")
            }
            buffer += chunk[0..<count]
            guard buffer.count < 1 << 16 else { throw HostError("a line of over 64 KiB") }
        }
    }

    func writeLine(_ line: String) throws {
        var rest = Array(line.utf8) + [UInt8(ascii: "\n")]
        while !rest.isEmpty {
            let count = send(descriptor, rest, rest.count, Int32(MSG_NOSIGNAL))
            if count < 0 {
                if errno == EINTR { continue }
                throw HostError.last("writing")
            }
            rest.removeFirst(count)
        }
    }

    /// Sends one line and waits for the answer.
    func ask(_ line: String) throws -> String {
        try writeLine(line)
        guard let answer = try readLine() else { throw HostError("the serving program hung up") }
        return answer
    }
}

/// Accepts connections on loopback, a thread for each.
final class LineServer {
    private let descriptor: Int32
    /// The port that it listens on: the one asked for, or a free one for 0.
    let port: UInt16

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw HostError.last("socket") }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(4))
        var address = LineSocket.loopback(port)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(descriptor, pointer, size) == 0, listen(descriptor, 64) == 0 else {
                    return -1
                }
                return getsockname(descriptor, pointer, &size)
            }
        }
        guard result == 0 else { throw HostError.last("listening on port \(port)") }
        self.port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// Serves until the process ends.
    func run(_ serve: @escaping @Sendable (LineSocket) throws -> Void) throws -> Never {
        while true {
            let peer = accept(descriptor, nil, nil)
            guard peer >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                throw HostError.last("accepting")
            }
            startThread { serveAndReport(peer, serve) }
        }
    }
}

private func serveAndReport(_ peer: Int32, _ serve: @Sendable (LineSocket) throws -> Void) {
    do {
        try serve(LineSocket(adopting: peer))
    } catch {
        logLine("connection ended: \(error)")
    }
}

/// One line on standard error.
func logLine(_ text: String) {
    let bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
    _ = write(2, bytes, bytes.count)
}

/// Runs `body` on a new detached thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
        &thread, nil,
        { raw in
            Unmanaged<Box>.fromOpaque(raw!).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    guard code == 0 else {
        box.release()
        logLine("no thread could be started: \(String(cString: strerror(code)))")
        return
    }
    pthread_detach(thread)
}
