import CairnCore
import Messages
import Ports
import ServiceKit
import Synchronization
import Testing

@testable import ControllerService

/// What people are told: once for each place in the log, until somebody has taken it.
@Suite struct NoticeTests {
    private static func webhook(
        _ name: String, least: Notice.Level = .info, perMinute: Int = 600
    ) -> Ports.NoticeEndpoint {
        .init(
            name: name, kind: .webhook(url: "http://\(name)/", headers: []), least: least,
            perMinute: perMinute)
    }

    private static func notice(
        _ id: String, _ level: Notice.Level, at time: Timestamp, to endpoints: [String]
    ) -> Notice {
        Notice(
            id: id, target: "prod/chat", level: level, text: "prod/chat: \(id)", time: time,
            endpoints: endpoints)
    }

    /// A courier over servers that are a function, with what they were asked.
    private struct Post {
        let notices = InMemoryNotices()
        let clock = ManualClock()
        let bell = Doorbell()
        let asked: AsyncStream<HTTPRequest>
        let courier: NoticeCourier

        init(
            _ endpoints: [Ports.NoticeEndpoint],
            _ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPAnswer
        ) {
            let (stream, inbox) = AsyncStream.makeStream(of: HTTPRequest.self)
            asked = stream
            courier = NoticeCourier(
                store: notices, endpoints: endpoints,
                http: InMemoryHTTP { request in
                    inbox.yield(request)
                    return try await answer(request)
                }, run: { _, _, _ in }, clock: clock, doorbell: bell
            ) { _ in }
        }

        func whileRunning(
            _ body: (inout AsyncStream<HTTPRequest>.Iterator) async throws -> Void
        ) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await courier.run() }
                var requests = asked.makeAsyncIterator()
                try await body(&requests)
                group.cancelAll()
            }
        }

        /// Until whoever serves this endpoint has nothing to do before a later moment.
        func settle(_ holds: () -> Bool) async {
            while !holds() { await Task.yield() }
        }
    }

    @Test func aTransitionIsWrittenOnceWithWhoIsTold() async throws {
        let store = InMemoryControllerStore()
        let notices = store.notices
        let service = ControllerService(
            store: store, evaluator: AbsentChannel(), clock: ManualClock(), notices: notices,
            endpoints: [Self.webhook("all"), Self.webhook("night", least: .page)])
        try await service.load()
        let channel = InMemoryChannel(service.routes())
        _ = try await channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(
                target: "prod/chat", model: "chat", plan: ControllerScene.plan, actor: "ann"))
        let deploy = Deploy(
            target: "prod/chat", number: "1.0.0", manifestDigest: ControllerScene.manifest("1.0.0"),
            expectation: Expectation(actor: "ann", requestId: [UInt8](repeating: 7, count: 16)))
        for _ in 0..<2 { _ = try await channel.call(ControllerMethods.deploy, deploy) }
        let list = try await channel.call(ControllerMethods.listNotices, ListNotices())
        #expect(list.notices.map(\.text).count == 1)
        #expect(list.notices[0].id == "prod/chat#2.1" || list.notices[0].id.hasPrefix("prod/chat#"))
        #expect(list.notices[0].deliveries.map(\.endpoint) == ["all"])
        #expect(list.endpoints.map(\.waitingCount) == [1, 0])
    }

    @Test func whatIsNotTakenIsTriedAgainWithItsId() async throws {
        let failuresLeft = Mutex(2)
        let post = Post([Self.webhook("all")]) { _ in
            let fails = failuresLeft.withLock { left in
                left -= 1
                return left >= 0
            }
            return HTTPAnswer(status: fails ? 503 : 200)
        }
        post.notices.add(Self.notice("prod/chat#4.0", .alert, at: post.clock.now(), to: ["all"]))
        try await post.whileRunning { requests in
            for tries in 1...3 {
                let request = await requests.next()
                #expect(
                    request?.headers.contains(.init("Idempotency-Key", "prod/chat#4.0")) == true)
                #expect(
                    request.map { String(decoding: $0.body, as: UTF8.self) }?
                        .contains("\"level\":\"alert\"") == true
                        || request?.body.isEmpty == false)
                if tries < 3 {
                    await post.settle { post.clock.sleeperCount > 0 }
                    post.clock.advance(by: .seconds(300))
                }
            }
            await post.settle { post.notices.count(.delivered, endpoint: "all") == 1 }
        }
        let (_, deliveries) = post.notices.notices(limit: 1, undeliveredOnly: false)[0]
        #expect(deliveries[0].tries == 3 && deliveries[0].state == .delivered)
    }

    @Test func aDeadEndpointDelaysNoOther() async throws {
        let never = AsyncStream.makeStream(of: Void.self)
        let post = Post([Self.webhook("dead"), Self.webhook("alive")]) { request in
            if request.url == "http://dead/" {
                for await _ in never.stream { break }
                throw HTTPFailure(.timedOut, "no answer")
            }
            return HTTPAnswer(status: 204)
        }
        for index in 0..<20 {
            post.notices.add(
                Self.notice(
                    "prod/chat#\(index).0", .info, at: post.clock.now(), to: ["dead", "alive"]))
        }
        try await post.whileRunning { _ in
            await post.settle { post.notices.count(.delivered, endpoint: "alive") == 20 }
            #expect(post.notices.count(.delivered, endpoint: "dead") == 0)
            never.continuation.finish()
        }
    }

    @Test func theMostUrgentGoesFirstAndNoFasterThanTheEndpointTakes() async throws {
        let post = Post([Self.webhook("all", perMinute: 2)]) { _ in HTTPAnswer(status: 200) }
        let start = post.clock.now()
        for (index, level) in [Notice.Level.info, .info, .alert, .page].enumerated() {
            post.notices.add(
                Self.notice(
                    "\(level.rawValue)-\(index)", level,
                    at: start - .seconds(Int64(10 - index)), to: ["all"]))
        }
        try await post.whileRunning { requests in
            var ids: [String] = []
            for count in 1...4 {
                guard let request = await requests.next() else { break }
                ids.append(request.headers.first { $0.name == "Idempotency-Key" }?.value ?? "")
                if count >= 2, count < 4 {
                    await post.settle { post.clock.sleeperCount > 0 }
                    #expect(post.notices.count(.delivered, endpoint: "all") == count)
                    post.clock.advance(by: .seconds(30))
                }
            }
            #expect(ids == ["page-3", "alert-2", "info-0", "info-1"])
        }
    }

    @Test func afterADayItIsGivenUpAndShown() async throws {
        let post = Post([Self.webhook("all")]) { _ in throw HTTPFailure(.unreachable, "refused") }
        post.notices.add(
            Self.notice("old", .page, at: post.clock.now() - .seconds(86_400), to: ["all"]))
        try await post.whileRunning { _ in
            await post.settle { post.notices.count(.givenUp, endpoint: "all") == 1 }
        }
        let (_, deliveries) = post.notices.notices(limit: 1, undeliveredOnly: true)[0]
        #expect(deliveries[0].error == "refused")
    }

    @Test func levelsAreReadFromWhatTheCoreSays() {
        #expect(Notice.Level(of: "prod/chat: PAGE: the rollback of v1 is not verified") == .page)
        #expect(Notice.Level(of: "prod/chat: ALERT: drill 3 failed: disk") == .alert)
        #expect(Notice.Level(of: "prod/chat: v1.0.0 is promoted") == .info)
    }
}
