import CairnCore
import Glibc
import Ports
import RouterTexts
import Routing

/// NGINX, told by an include and a reload: tested before, and in force once the workers of the new
/// generation say so and no other takes requests.
public struct NGINXRouter: TrafficRouter {
    /// What the agent's host does for it.
    public struct Host: Sendable {
        /// The include's text; `nil`: it is not there.
        public var read: @Sendable () async throws -> String?
        /// Replaces the include, whole or not at all.
        public var write: @Sendable (String) async throws -> Void
        /// `nginx -t`. What it throws says what NGINX said.
        public var test: @Sendable () async throws -> Void
        /// `nginx -s reload`.
        public var reload: @Sendable () async throws -> Void
        /// Workers that take requests, by process.
        public var workers: @Sendable () async throws -> Set<Int32>

        public init(
            read: @escaping @Sendable () async throws -> String?,
            write: @escaping @Sendable (String) async throws -> Void,
            test: @escaping @Sendable () async throws -> Void,
            reload: @escaping @Sendable () async throws -> Void,
            workers: @escaping @Sendable () async throws -> Set<Int32>
        ) {
            (self.read, self.write, self.test) = (read, write, test)
            (self.reload, self.workers) = (reload, workers)
        }
    }

    private let target: TargetName
    private let status: HTTPRequest
    private let host: Host
    private let http: any HTTPCaller
    private let clock: any WallClock
    private let limit: Duration

    static let pause = Duration.milliseconds(20)

    /// - Parameters:
    ///   - status: the address of the target's status location; `unix:PATH` for a socket.
    ///   - limit: how long a reload may take until the new generation serves.
    public init(
        _ target: TargetName, status: String, host: Host, http: any HTTPCaller,
        clock: any WallClock, limit: Duration = .seconds(30)
    ) {
        (self.target, self.host, self.http) = (target, host, http)
        (self.clock, self.limit) = (clock, limit)
        self.status = Self.request(target, status)
    }

    private static func request(_ target: TargetName, _ status: String) -> HTTPRequest {
        let isSocket = status.hasPrefix("unix:")
        let place = isSocket ? "localhost" : status
        var request = HTTPRequest(
            .get, "http://" + place + NGINXTexts.statusPath(target), timeout: .seconds(5),
            answerBytesMax: 1 << 18)
        if isSocket { request.socketPath = String(status.dropFirst(5)) }
        // A kept connection would ask a worker of before.
        (request.isDirect, request.isAlone) = (true, true)
        return request
    }

    public func split() async throws -> RouterSplit? {
        let answer: HTTPAnswer
        do {
            answer = try await http.answer(to: status)
        } catch let error as HTTPFailure {
            throw RouterError("NGINX does not tell what it serves: \(error)")
        }
        let text = answer.text
        guard answer.status == 200, text.hasSuffix("\n") else {
            throw RouterError(
                "\(status.url) answered \(answer.status), expected what `cairn router config nginx "
                    + "\(target)` prints for it")
        }
        return RouterSplit(text.dropLast(), for: target)
    }

    public func apply(_ split: RouterSplit) async throws {
        let written = try await host.read()
        let kept = written.flatMap { NGINXTexts.split(in: $0, for: target) }
        // Of both the newer counts, and NGINX may be down: the reload says so.
        let served = try? await self.split()
        for present in [kept, served].compactMap({ $0 }) where present.isNewer(than: split) {
            throw present.refusal(of: split)
        }
        try await write(split, over: written)
        let before = try await host.workers()
        do {
            try await host.reload()
        } catch {
            try Task.checkCancellation()
            throw RouterError("NGINX was not reloaded for epoch \(split.epoch): \(error)")
        }
        try await waitForGeneration(of: split, after: before)
    }

    /// What NGINX would not start with is taken back.
    private func write(_ split: RouterSplit, over written: String?) async throws {
        let text = NGINXTexts.include(split)
        if text != written { try await host.write(text) }
        do {
            try await host.test()
        } catch {
            if let written, text != written { try await host.write(written) }
            try Task.checkCancellation()
            throw RouterError(
                "NGINX refuses its configuration with epoch \(split.epoch) in it, and goes on as "
                    + "before: \(error)")
        }
    }

    /// The workers that were there before keep what they have and take nothing new.
    private func waitForGeneration(of split: RouterSplit, after before: Set<Int32>) async throws {
        let end = clock.now() + limit
        var last = "nothing yet"
        while true {
            do {
                let present = try await self.split()
                let old = before.intersection(try await host.workers())
                if present == split && old.isEmpty { return }
                last =
                    present == split
                    ? "\(old.count) workers of before still take requests"
                    : "it serves \(present.map { "\($0)" } ?? "no epoch")"
            } catch let error as RouterError {
                last = error.description
            }
            guard clock.now() < end else {
                throw RouterError(
                    "NGINX was told to reload for epoch \(split.epoch) and after \(limit) \(last); its "
                        + "error log says why")
            }
            try await clock.sleep(until: clock.now() + Self.pause)
        }
    }
}
