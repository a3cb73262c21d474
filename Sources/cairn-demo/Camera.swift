import CairnClient
import CairnCore
import CommandTable
import Digits
import Glibc
import LinuxHost
import Messages
import Routing
import Synchronization

/// Live traffic: a camera that sends held-out digits to the serving hosts, and learns the right
/// answers a little later.
///
/// Its key is a user's, so routing is sticky; the file `shift` says by how many pixels it has slipped.
struct Camera: Sendable {
    private let addresses: ServiceAddresses
    private let live: DigitImages
    private let ports: [UInt16]
    private let folder: String

    static let target = "demo/digits"
    /// Between two requests, in microseconds.
    private static let period: UInt32 = 2_000
    /// How long a label takes.
    private static let labelDelay = Duration.milliseconds(200)

    init(_ arguments: Arguments) throws {
        addresses = try DemoAddresses.of(portBase: arguments.port("port-base"))
        live = try DemoData(path: arguments.required("data")).live
        ports = [try arguments.port("first"), try arguments.port("second")]
        folder = try arguments.required("dir")
    }

    func run() async throws {
        let isEnding = Ending()
        try await withClient(of: addresses, named: "camera") { client in
            let router = client.router(for: try TargetName(Self.target), named: "camera") {
                logLine($0)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await router.run() }
                group.addTask {
                    _ = await Signals([SIGTERM, SIGINT]).next()
                    isEnding.raise()
                }
                _ = try await router.waitForTable()
                try await onThread { try send(through: router, until: isEnding) }
                router.beginShutdown()
                try await group.waitForAll()
            }
        }
    }

    private struct Pending {
        let due: ContinuousClock.Instant
        let route: Route
        let failed: Bool
    }

    /// Blocking, on a thread of its own.
    private func send(through router: Router, until isEnding: Ending) throws {
        let sockets = try ports.map { try LineSocket(port: $0) }
        var random = SeededRandom(seed: 99)
        var (requestCount, retryCount, lostCount) = (0, 0, 0)
        var pending: [Pending] = []
        var shift = 0
        while !isEnding.isRaised {
            if requestCount % 50 == 0 { shift = try readShift() }
            let index = Int.random(in: 0..<live.count, using: &random)
            let key = "user-\(Int.random(in: 0..<20_000, using: &random))"
            let image = DigitImages.shift(live.image(index), columns: shift)
            let start = ContinuousClock.now
            let socket = sockets[requestCount % sockets.count]
            requestCount += 1
            let (answer, retries) = try ask(socket, image, key, router)
            retryCount += retries
            if let answer {
                let time = (ContinuousClock.now - start).inSeconds * 1_000
                router.record(.answered(latencyMilliseconds: time), of: answer.route)
                pending.append(
                    Pending(
                        due: start + Self.labelDelay, route: answer.route,
                        failed: answer.digit != live.labels[index]))
            } else {
                lostCount += 1
            }
            let due = pending.prefix { $0.due <= ContinuousClock.now }
            for item in due { router.record(.judged(failed: item.failed), of: item.route) }
            pending.removeFirst(due.count)
            usleep(Self.period)
        }
        let summary = "\(requestCount) \(retryCount) \(lostCount)\n"
        try Files.write(summary, to: folder + "/camera.txt")
    }

    /// Asks the version that the table names; asks again where a host has just changed its versions.
    private func ask(
        _ socket: LineSocket, _ image: [Float], _ key: String, _ router: Router
    ) throws -> (answer: (digit: Int, route: Route)?, retries: Int) {
        let pixels = image.map { "\($0)" }.joined(separator: " ")
        for retries in 0..<100 {
            guard let route = router.route(key) else {
                usleep(10_000)  // Nothing is stable yet.
                continue
            }
            let arm = route.arm == .candidate ? "candidate" : "stable"
            let words = try socket.ask("predict \(arm) \(pixels)").split(separator: " ")
            if words.count == 2, let digit = Int(words[0]), words[1] == route.manifest.hex {
                return ((digit, route), retries)
            }
            usleep(10_000)
        }
        return (nil, 100)
    }

    /// 0 until it has slipped.
    private func readShift() throws -> Int {
        try Files.readText(folder + "/shift").flatMap { Int($0.trimmed) } ?? 0
    }
}

/// Raised once, by whoever ends something.
final class Ending: Sendable {
    private let state = Atomic(false)
    var isRaised: Bool { state.load(ordering: .acquiring) }
    func raise() { state.store(true, ordering: .releasing) }
}

/// Runs blocking work away from the threads that everything else shares.
func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        startThread { done.resume(with: Result { try body() }) }
    }
}

extension String {
    /// Without blanks and line ends at its ends.
    var trimmed: String {
        let isBlank = { (letter: Character) in letter.isWhitespace }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
