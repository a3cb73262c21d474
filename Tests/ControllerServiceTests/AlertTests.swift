import CairnCore
import Messages
import Ports
import Testing

@testable import ControllerService

/// Bodies as Alertmanager 0.25 posts them.
@Suite(.timeLimit(.minutes(10))) struct AlertTests {
    static func body(
        status: String = "firing", version: String = "v1.1.0", starts: String,
        labels: String = #""action":"rollback","model":"chat""#
    ) -> [UInt8] {
        Array(
            #"""
            {"receiver":"cairn","status":"\#(status)","alerts":[{"status":"\#(status)","labels":
            {"alertname":"HighErrors",\#(labels),"version":"\#(version)"},"annotations":
            {"summary":"10 % fail"},"startsAt":"\#(starts)","endsAt":"0001-01-01T00:00:00Z",
            "generatorURL":"http://x","fingerprint":"f8e4d0d161ee3045"}],"groupLabels":{},
            "commonLabels":{},"commonAnnotations":{},"externalURL":"http://x","version":"4",
            "groupKey":"{}","truncatedAlerts":0}
            """#.utf8)
    }

    let clock = ManualClock(Timestamp("2026-11-23T21:00:00Z")!)
    static let before = "2026-11-23T20:59:59Z"
    static let since = "2026-11-23T21:00:00.5Z"

    func scene() async throws -> ControllerScene {
        let scene = try await ControllerScene(InMemoryControllerStore(), clock: clock)
        try await scene.apply()
        try await scene.deploy("1.0.0")
        try await scene.deploy("1.1.0")
        return scene
    }

    @Test func aFiringAlertTurnsTheNamedVersionBackOnce() async throws {
        let scene = try await scene()
        let answer = await scene.service.takeAlerts(Self.body(starts: Self.since))
        #expect(answer.status == 200 && answer.text.contains("1.1.0 goes back on prod/chat"))
        let status = try await scene.status()
        #expect(status.lastRollback?.cause == "alert HighErrors: 10 % fail")
        #expect(
            status.quarantine.map(\.number) == ["1.1.0"] && status.candidate?.weightBp ?? 0 == 0)
        // Repeats, and "resolved", change nothing.
        for state in ["firing", "resolved"] {
            let again = await scene.service.takeAlerts(
                Self.body(status: state, starts: Self.since))
            #expect(again.status == 200)
        }
        #expect(try await scene.status().revision == status.revision)
    }

    @Test func whatIsNotAboutThisRolloutIsLeftAlone() async throws {
        let scene = try await scene()
        let revision = try await scene.status().revision
        let bodies = [
            Self.body(starts: Self.before), Self.body(version: "1.0.0", starts: Self.since),
            Self.body(version: "latest", starts: Self.since),
            Self.body(status: "resolved", starts: Self.since),
            Self.body(starts: Self.since, labels: #""model":"chat""#),
            Self.body(starts: Self.since, labels: #""action":"rollback","model":"other""#),
            Self.body(starts: Self.since, labels: #""action":"rollback","target":"test/chat""#),
            Self.body(starts: Self.since, labels: #""action":"rollback""#),
        ]
        for body in bodies {
            let answer = await scene.service.takeAlerts(body)
            #expect(answer.status == 200 && answer.text.hasPrefix("HighErrors: "), "\(answer)")
        }
        #expect(try await scene.status().revision == revision)
        let named = await scene.service.takeAlerts(
            Self.body(starts: Self.since, labels: #""action":"rollback","target":"prod/chat""#))
        #expect(named.text.contains("goes back"))
    }

    @Test func timesOfOtherZonesAreRead() throws {
        func start(_ text: String) -> Timestamp? {
            // What is malformed has no start.
            try? AlertmanagerNotice(Self.body(starts: text)).items[0].alert?.startsAt
        }
        let utc = try #require(start(Self.since))
        #expect(start("2026-11-23T22:30:00.5+01:30") == utc)
        #expect(start("2026-11-23T13:00:00.5-08:00") == utc)
        for bad in [
            "2026-11-23T22:30:00.5", "2026-11-23T22:30:00+1:00", "2026-11-23T22:30:00+25:00", "",
        ] {
            #expect(start(bad) == nil, "\(bad)")
        }
    }

    @Test func malformedBodiesAreRefusedWithWhatIsWrong() async throws {
        let scene = try await scene()
        let good = String(decoding: Self.body(starts: Self.since), as: UTF8.self)
        let bad = [
            ("", "not JSON"), ("[]", "version"), (#"{"version":"4"}"#, "alerts"),
            (good.replacing(#""version":"4""#, with: #""version":"9""#), "\"9\""),
            (good.replacing(Self.since, with: "yesterday"), "startsAt"),
            (
                good.replacing(#""status":"firing","labels""#, with: #""status":"odd","labels""#),
                "odd"
            ),
            (good.replacing(#""fingerprint":"f8e4d0d161ee3045""#, with: #""x":1"#), "fingerprint"),
        ]
        for (body, part) in bad {
            let answer = await scene.service.takeAlerts(Array(body.utf8))
            #expect(answer.status == 400 && answer.text.contains(part), "\(answer)")
        }
        #expect(await scene.service.takeAlerts([0xFF, 0xFE]).status == 400)
        #expect(try await scene.status().quarantine.isEmpty)
    }
}
