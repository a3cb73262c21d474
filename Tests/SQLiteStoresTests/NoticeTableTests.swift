import CairnCore
import CairnTestKit
import Ports
import SQLiteStores
import Testing

/// Notices in the log's database: written once, found by urgency, kept while somebody waits.
@Suite struct NoticeTableTests {
    private static let start = Timestamp(seconds: 1_800_000_000)

    private static func batch(_ notices: [Notice], at time: Timestamp = start) -> ControllerBatch {
        var batch = ControllerBatch(at: time)
        batch.notices = notices
        return batch
    }

    private static func notice(
        _ id: String, _ level: Notice.Level, at time: Timestamp = start,
        to endpoints: [String] = ["a", "b"]
    ) -> Notice {
        Notice(
            id: id, target: "prod/chat", level: level, text: "text of \(id)", time: time,
            endpoints: endpoints)
    }

    @Test func aNoticeIsToldOncePerIdAndEndpoint() throws {
        let folder = try ScratchFolder()
        let store = try SQLiteControllerStore(path: folder.path + "/c.sqlite")
        let notices = try SQLiteNotices(path: folder.path + "/c.sqlite")
        for _ in 0..<2 { try store.append(Self.batch([Self.notice("x#1.0", .info)])) }
        #expect(try notices.count(.waiting, endpoint: nil) == 2)
        let (found, delivery) = try #require(try notices.next(for: "a", at: Self.start))
        #expect(found.text == "text of x#1.0" && delivery.tries == 0)
        var done = delivery
        (done.state, done.tries, done.moment) = (.delivered, 1, Self.start + .seconds(1))
        try notices.put(done, of: "x#1.0")
        #expect(try notices.next(for: "a", at: Self.start) == nil)
        #expect(try notices.count(.waiting, endpoint: "b") == 1)
        let reopened = try SQLiteNotices(path: folder.path + "/c.sqlite")
        #expect(try reopened.notices(limit: 9, undeliveredOnly: false)[0].1.first == done)
    }

    @Test func theMostUrgentIsNextOnceItsTimeHasCome() throws {
        let folder = try ScratchFolder()
        let store = try SQLiteControllerStore(path: folder.path + "/c.sqlite")
        let notices = try SQLiteNotices(path: folder.path + "/c.sqlite")
        try store.append(
            Self.batch([
                Self.notice("info", .info), Self.notice("alert", .alert),
                Self.notice("page", .page),
            ]))
        let (first, delivery) = try #require(try notices.next(for: "a", at: Self.start))
        #expect(first.id == "page")
        var later = delivery
        (later.tries, later.error, later.moment) = (1, "refused", Self.start + .seconds(60))
        try notices.put(later, of: "page")
        #expect(try notices.next(for: "a", at: Self.start)?.0.id == "alert")
        #expect(try notices.next(for: "a", at: Self.start + .seconds(60))?.0.id == "page")
        #expect(try notices.nextMoment(for: "a") == Self.start)
        #expect(try notices.notices(limit: 1, undeliveredOnly: true)[0].0.id == "page")
    }

    @Test func oldOnesGoUnlessSomebodyWaits() throws {
        let folder = try ScratchFolder()
        let store = try SQLiteControllerStore(path: folder.path + "/c.sqlite")
        let notices = try SQLiteNotices(path: folder.path + "/c.sqlite")
        try store.append(
            Self.batch([Self.notice("waits", .info), Self.notice("nobody", .info, to: [])]))
        let later = Self.start + NoticeLimits.age + .seconds(1)
        try store.append(Self.batch([Self.notice("new", .info, at: later, to: [])], at: later))
        let ids = try notices.notices(limit: 9, undeliveredOnly: false).map(\.0.id)
        #expect(ids == ["new", "waits"])
    }

    @Test func groupsAreKeptByName() throws {
        let folder = try ScratchFolder()
        let store = try SQLiteControllerStore(path: folder.path + "/c.sqlite")
        try store.keep(group: "eu", text: "one")
        try store.keep(group: "asia", text: "two")
        try store.keep(group: "eu", text: "three")
        #expect(try store.groups() == ["two", "three"])
    }
}
