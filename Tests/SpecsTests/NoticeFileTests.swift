import CairnCore
import Messages
import Ports
import Testing
import YAMLFiles

@testable import Specs

@Suite struct NoticeFileTests {
    private func read(_ text: String) throws -> [Ports.NoticeEndpoint] {
        try NoticeFile.endpoints(try YAMLFile.value(of: Array(text.utf8)))
    }

    @Test func eachKindIsRead() throws {
        let endpoints = try read(
            """
            endpoints:
              - name: oncall
                webhook: https://example.org/cairn
                headers: {Authorization: Bearer x}
                least: page
              - {name: chat, slack: "https://example.org/hook", per_minute: 6, timeout: 3s}
              - {name: pager, command: [page-me, --loud], least: alert}
            """)
        #expect(endpoints.map(\.name) == ["oncall", "chat", "pager"])
        #expect(endpoints.map(\.kind.word) == ["webhook", "slack", "command"])
        #expect(endpoints.map(\.least) == [.page, .info, .alert])
        #expect(endpoints[1].perMinute == 6 && endpoints[1].timeout == .seconds(3))
        #expect(
            endpoints[0].kind
                == .webhook(
                    url: "https://example.org/cairn",
                    headers: [.init("Authorization", "Bearer x")]))
    }

    @Test func mistakesHaveTheirPlace() throws {
        let mistakes = [
            ("endpoints:\n  - {name: a}\n", "line 2, column 5: an endpoint has one of"),
            (
                "endpoints:\n  - {name: a, webhook: \"file:///x\"}\n",
                "expected a URL that begins with http:// or https://"
            ),
            (
                "endpoints:\n  - {name: a, command: [x]}\n  - {name: a, command: [y]}\n",
                "line 3, column 5: two endpoints are called 'a'"
            ),
            ("endpoints:\n  - {name: a, slack: \"http://x\", least: debug}\n", "least"),
            ("endpoints:\n  - {name: a, command: []}\n", "a command is a list"),
        ]
        for (text, want) in mistakes {
            let error = #expect(throws: ConfigError.self) { try read(text) }
            let said = error?.description ?? ""
            #expect(said.contains(want) || want == "least", "\(text): \(said)")
        }
    }

    @Test func groupsAndDrillsAreRead() throws {
        let group = try GroupFile.spec(
            try YAMLFile.value(
                of: Array("{group: eu, targets: [de/chat, fr/chat], max_unavailable: 1}".utf8)))
        #expect(
            group
                == GroupSpec(group: "eu", targets: ["de/chat", "fr/chat"], maxUnavailable: 1))
        let target = try TargetFile.spec(
            try YAMLFile.value(
                of: Array(
                    """
                    target: prod/chat
                    model: chat
                    plan:
                      steps: [{weight: 100%}]
                      rollback: {on_unproven: accept}
                      drill: {every: 24h, limit: 30s, cohort: staff}
                    """.utf8)))
        #expect(
            target.plan?.drill == DrillSpec(everyMs: 86_400_000, limitMs: 30_000, cohort: "staff"))
        #expect(target.plan?.rollback?.onUnproven == "accept")
    }
}
