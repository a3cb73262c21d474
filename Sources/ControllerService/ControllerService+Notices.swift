import CairnCore
import Messages
import Ports
import ServiceKit

/// What people were to be told, and what became of it.
extension ControllerService {
    func addNotices(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.listNotices) { [self] request, _ in
            try await answering { try list(request) }
        }
        routes.unary(ControllerMethods.testNotice) { [self] request, _ in
            try await answering { try await test(request) }
        }
    }

    private func list(_ request: ListNotices) throws -> NoticeList {
        guard request.limit <= 1_000 else {
            throw RPCError(.invalidArgument, "limit is \(request.limit); at most 1,000")
        }
        let limit = request.limit == 0 ? 50 : Int(request.limit)
        return NoticeList(
            notices: try notices.notices(limit: limit, undeliveredOnly: request.undelivered)
                .map { NoticeRecord($0, $1) },
            endpoints: try endpoints.map { endpoint in
                Messages.NoticeEndpoint(
                    name: endpoint.name, kind: endpoint.kind.word, least: endpoint.least.rawValue,
                    perMinute: UInt32(clamping: endpoint.perMinute),
                    waitingCount: UInt64(try notices.count(.waiting, endpoint: endpoint.name)))
            })
    }

    private func test(_ request: TestNotice) async throws -> NoticeRecord {
        guard endpoints.contains(where: { $0.name == request.endpoint }) else {
            let names = endpoints.map(\.name).joined(separator: ", ")
            throw RPCError(
                .notFound,
                "no endpoint is called '\(request.endpoint.prefix(64))'; "
                    + (names.isEmpty
                        ? "the controller was started without --notify" : "there are \(names)"))
        }
        let actor = try Checks.text(request.actor, atMost: 256, "actor")
        let now = clock.now()
        let notice = Notice(
            id: "test#\(now.nanoseconds)", target: "", level: .test,
            text: "\(actor.isEmpty ? "somebody" : actor) tries out \(request.endpoint)", time: now,
            endpoints: [request.endpoint])
        var batch = ControllerBatch(at: now)
        batch.notices = [notice]
        try await desk.with { [batch] store in try store.append(batch) }
        noticeBell.ring()
        return NoticeRecord(
            notice,
            [Ports.NoticeDelivery(endpoint: request.endpoint, state: .waiting, moment: now)])
    }
}

extension NoticeRecord {
    fileprivate init(_ notice: Notice, _ deliveries: [Ports.NoticeDelivery]) {
        self.init(
            id: notice.id, target: notice.target, level: notice.level.rawValue, text: notice.text,
            timeUnixMs: notice.time.milliseconds,
            deliveries: deliveries.map { delivery in
                let moment = delivery.moment.milliseconds
                return Messages.NoticeDelivery(
                    endpoint: delivery.endpoint, state: delivery.state.rawValue,
                    tries: UInt32(clamping: delivery.tries),
                    deliveredUnixMs: delivery.state == .delivered ? moment : 0,
                    nextTryUnixMs: delivery.state == .waiting ? moment : 0, error: delivery.error)
            })
    }
}
