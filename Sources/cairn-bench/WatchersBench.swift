import CairnCore
import Glibc
import Messages
import Ports
import TCPTransport

/// What idle watchers cost a controller, and whether peers that break every rule disturb the others.
enum WatchersBench {
    private static let target = "bench/watched"

    static func run(_ options: BenchOptions) async throws {
        raiseDescriptorLimit()
        guard let address = SocketAddress(try options.text("to")) else {
            throw BenchError("--to is no address")
        }
        let (server, count) = (try options.number("server"), try options.number("count"))
        let loops = try EventLoops()
        func connect(_ name: String) -> TCPChannel {
            TCPChannel(to: address, loops: loops, options: ClientOptions(name: name))
        }
        let probe = connect("probe")
        _ = try await probe.call(
            ControllerMethods.applyTarget,
            TargetSpec(
                target: target, model: "bench",
                plan: PlanSpec(steps: [PlanStep(weightBp: 10_000)], skipVerdict: true),
                actor: "bench"))
        try await measure("alone", probe)
        let before = try residentByteCount(of: server)
        var channels: [TCPChannel] = []
        var watches: [any RawCall] = []
        for index in 0..<count {
            let channel = connect("watcher-\(index)")
            let watch = try await channel.open(
                ControllerMethods.watchTargetStatus.id, .endless)
            try await watch.send(RawMessage(try GetTargetStatus(target: target).encoded()))
            try await watch.finishSending()
            _ = try await watch.next()
            channels.append(channel)
            watches.append(watch)
        }
        let after = try residentByteCount(of: server)
        report([
            ("watchers", Double(count)),
            ("server_resident_mib", Double(after) / 1_048_576),
            ("bytes_per_watcher", Double(after - before) / Double(count)),
        ])
        try await measure("watched", probe)
        let path = try options.text("to")
        let hostile = try HostilePeers(address: path)
        try hostile.begin()
        try await measure("attacked", probe)
        hostile.end()
        report([
            ("hostile_peers", Double(hostile.count)),
            ("server_resident_mib_after", Double(try residentByteCount(of: server)) / 1_048_576),
        ])
        for watch in watches { watch.cancel() }
        await loops.stop()
    }

    /// A thousand calls of somebody who keeps the rules.
    private static func measure(_ name: String, _ channel: TCPChannel) async throws {
        var times: [Int64] = []
        for _ in 0..<1_000 {
            let start = nanoseconds()
            _ = try await channel.call(
                ControllerMethods.getTargetStatus, GetTargetStatus(target: target))
            times.append(nanoseconds() - start)
        }
        times.sort()
        report([
            ("\(name).status_p50_us", quantile(times, 0.5) / 1_000),
            ("\(name).status_p99_us", quantile(times, 0.99) / 1_000),
        ])
    }
}

/// Connections that say nothing, half of something, or noise, over a UNIX socket.
private final class HostilePeers {
    private let path: String
    private var sockets: [Int32] = []
    let count = 500

    init(address: String) throws {
        guard address.hasPrefix("unix:") else { throw BenchError("--to is no unix:PATH") }
        path = String(address.dropFirst(5))
    }

    func begin() throws {
        var random = SeededRandom(seed: 4)
        for index in 0..<count {
            let socket = try connectSocket()
            sockets.append(socket)
            switch index % 3 {
            case 0: break  // Half open: connected, and silent for ever.
            case 1:
                // The first bytes of a frame and no more.
                let bytes: [UInt8] = [0x43, 0x52, 0x4E, 0x31, 1, 0, 0]
                _ = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0x4000) }
            default:
                let bytes = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &random) }
                _ = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0x4000) }
            }
        }
    }

    func end() {
        for socket in sockets { close(socket) }
        sockets = []
    }

    private func connectSocket() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { place in
            place.copyBytes(from: path.utf8.prefix(place.count - 1))
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard descriptor >= 0, result == 0 else {
            throw BenchError(
                "a hostile peer could not connect: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }
}
