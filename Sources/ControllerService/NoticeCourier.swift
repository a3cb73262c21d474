import CairnCore
import Ports
import ServiceKit

/// Delivers notices to every endpoint: at least once, with the id of the place in the log, the most
/// urgent first, and no more of them than the endpoint takes.
///
/// Each endpoint has a task of its own: one that is dead delays no other, and nothing of the
/// controller waits for any. What could not be delivered for a day is given up, and shown so.
public struct NoticeCourier: Sendable {
    /// Runs a program with variables beside those of the process; throws why it failed.
    public typealias Run =
        @Sendable (_ words: [String], _ limit: Duration, _ variables: [String: String]) async throws
        -> Void

    private let store: any NoticeStore
    private let endpoints: [NoticeEndpoint]
    private let http: any HTTPCaller
    private let runProgram: Run
    private let clock: any WallClock
    private let doorbell: Doorbell
    private let policy: RetryPolicy
    private let log: @Sendable (String) -> Void

    /// - Parameter doorbell: rings when a notice was written.
    public init(
        store: any NoticeStore, endpoints: [NoticeEndpoint], http: any HTTPCaller,
        run: @escaping Run, clock: any WallClock, doorbell: Doorbell,
        policy: RetryPolicy = RetryPolicy(first: .seconds(1), most: .seconds(300)),
        log: @escaping @Sendable (String) -> Void
    ) {
        (self.store, self.endpoints, self.http, runProgram) = (store, endpoints, http, run)
        (self.clock, self.doorbell, self.policy, self.log) = (clock, doorbell, policy, log)
    }

    /// Until cancelled.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for endpoint in endpoints { group.addTask { try await serve(endpoint) } }
            try await group.waitForAll()
        }
    }

    private func serve(_ endpoint: NoticeEndpoint) async throws {
        var random = SystemRandomNumberGenerator()
        var allowance = NoticeAllowance(perMinute: endpoint.perMinute, at: clock.now())
        while true {
            let generation = doorbell.generation
            let now = clock.now()
            do {
                guard let (notice, delivery) = try store.next(for: endpoint.name, at: now) else {
                    let moment = try store.nextMoment(for: endpoint.name)
                    try await doorbell.wait(after: generation, until: moment, on: clock)
                    continue
                }
                if let moment = allowance.take(at: now) {
                    try await clock.sleep(until: moment)
                    continue
                }
                try await deliver(notice, delivery, to: endpoint, &random)
            } catch let error where !(error is CancellationError) {
                // The store of notices failed: nothing is lost, it is looked at again.
                try Task.checkCancellation()
                log("notices to \(endpoint.name) are not read: \(error)")
                try await clock.sleep(until: clock.now() + .seconds(1))
            }
        }
    }

    private func deliver(
        _ notice: Notice, _ delivery: NoticeDelivery, to endpoint: NoticeEndpoint,
        _ random: inout some RandomNumberGenerator
    ) async throws {
        var delivery = delivery
        delivery.tries += 1
        do {
            try await send(notice, to: endpoint)
            (delivery.state, delivery.moment) = (.delivered, clock.now())
        } catch {
            try Task.checkCancellation()
            delivery.error = String("\(error)".prefix(500))
            let now = clock.now()
            if now - notice.time >= NoticeLimits.trying {
                (delivery.state, delivery.moment) = (.givenUp, now)
                log("notice \(notice.id) to \(endpoint.name) is given up: \(error)")
            } else {
                delivery.moment = now + policy.wait(after: delivery.tries, using: &random)
                if delivery.tries == 1 { log("\(endpoint.name) took no notice: \(error)") }
            }
        }
        try store.put(delivery, of: notice.id)
    }

    private func send(_ notice: Notice, to endpoint: NoticeEndpoint) async throws {
        switch endpoint.kind {
        case .webhook(let url, let headers):
            try await post(notice.json, notice, url, headers, endpoint.timeout)
        case .slack(let url):
            try await post(notice.chatJSON, notice, url, [], endpoint.timeout)
        case .command(let words):
            try await runProgram(
                words, endpoint.timeout,
                [
                    "CAIRN_NOTICE_ID": notice.id, "CAIRN_NOTICE_TARGET": notice.target,
                    "CAIRN_NOTICE_LEVEL": notice.level.rawValue, "CAIRN_NOTICE_TEXT": notice.text,
                    "CAIRN_NOTICE_TIME": "\(notice.time)",
                ])
        }
    }

    private func post(
        _ body: JSONText, _ notice: Notice, _ url: String, _ headers: [HTTPRequest.Header],
        _ timeout: Duration
    ) async throws {
        let answer = try await http.answer(
            to: HTTPRequest(
                .post, url,
                headers: [
                    .init("Content-Type", "application/json"),
                    .init("Idempotency-Key", notice.id),
                ] + headers, body: Array(body.compact.utf8), timeout: timeout,
                answerBytesMax: 1 << 16))
        guard answer.isSuccess else {
            throw HTTPFailure(
                .unreachable,
                "status \(answer.status): \(answer.text.prefix(200))")
        }
    }
}

extension Notice {
    /// As a webhook gets it.
    var json: JSONText {
        .object([
            .init("id", .string(id)), .init("target", .string(target)),
            .init("level", .string(level.rawValue)), .init("text", .string(text)),
            .init("time", .string("\(time)")),
        ])
    }

    /// As chat programs take it.
    var chatJSON: JSONText {
        let sign =
            switch level {
            case .info: ""
            case .alert: "⚠ "
            case .page: "🔴 "
            case .test: "test: "
            }
        return .object([.init("text", .string(sign + text))])
    }
}

/// How many tries an endpoint takes: a bucket that fills evenly.
struct NoticeAllowance: Equatable, Sendable {
    private let perMinute: Int
    private var left: Double
    private var countedAt: Timestamp

    init(perMinute: Int, at now: Timestamp) {
        (self.perMinute, left, countedAt) = (max(1, perMinute), Double(max(1, perMinute)), now)
    }

    /// - Returns: `nil` where one is taken; else when the next one may be.
    mutating func take(at now: Timestamp) -> Timestamp? {
        let rate = Double(perMinute) / 60
        left = min(Double(perMinute), left + max(0, (now - countedAt).inSeconds) * rate)
        countedAt = max(now, countedAt)
        guard left >= 1 else {
            return now + .nanoseconds(Int64(((1 - left) / rate * 1e9).rounded(.up)))
        }
        left -= 1
        return nil
    }
}
