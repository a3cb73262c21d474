import CairnCore
import Synchronization

/// Notices that live as long as their process, for simulations and tests.
public final class InMemoryNotices: NoticeStore {
    private let rows = Mutex<[(notice: Notice, deliveries: [NoticeDelivery])]>([])

    public init() {}

    public func add(_ notice: Notice) {
        rows.withLock { rows in
            guard !rows.contains(where: { $0.notice.id == notice.id }) else { return }
            rows.append(
                (
                    notice,
                    notice.endpoints.map {
                        NoticeDelivery(endpoint: $0, state: .waiting, moment: notice.time)
                    }
                ))
        }
    }

    private func waiting(for endpoint: String) -> [(Notice, NoticeDelivery)] {
        rows.withLock { rows in
            rows.flatMap { row in
                row.deliveries.filter { $0.endpoint == endpoint && $0.state == .waiting }
                    .map { (row.notice, $0) }
            }
        }
    }

    public func next(for endpoint: String, at time: Timestamp) -> (Notice, NoticeDelivery)? {
        waiting(for: endpoint).filter { $0.1.moment <= time }.max { a, b in
            (a.0.level, b.0.time) < (b.0.level, a.0.time)
        }
    }

    public func nextMoment(for endpoint: String) -> Timestamp? {
        waiting(for: endpoint).map(\.1.moment).min()
    }

    public func put(_ delivery: NoticeDelivery, of id: String) {
        rows.withLock { rows in
            guard let row = rows.firstIndex(where: { $0.notice.id == id }),
                let place = rows[row].deliveries.firstIndex(where: {
                    $0.endpoint == delivery.endpoint
                })
            else { return }
            rows[row].deliveries[place] = delivery
        }
    }

    public func notices(limit: Int, undeliveredOnly: Bool) -> [(Notice, [NoticeDelivery])] {
        rows.withLock { rows in
            rows.reversed().filter { row in
                !undeliveredOnly || row.deliveries.contains { $0.state != .delivered }
            }.prefix(limit).map { ($0.notice, $0.deliveries) }
        }
    }

    public func count(_ state: NoticeDelivery.State, endpoint: String?) -> Int {
        rows.withLock { rows in
            rows.reduce(0) { sum, row in
                sum
                    + row.deliveries.count {
                        $0.state == state && (endpoint == nil || $0.endpoint == endpoint)
                    }
            }
        }
    }
}
