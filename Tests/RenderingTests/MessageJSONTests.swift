import CairnCore
import Messages
import Rendering
import Testing

@Suite struct MessageJSONTests {
    @Test func fieldsHaveTheirNamesInProto() {
        let participant = ParticipantStatus(name: "web-1", role: .router, epoch: 3, connected: true)
        #expect(
            JSONText(participant).compact
                == #"{"name":"web-1","role":"router","epoch":3,"connected":true,"#
                + #""holds_stable":false,"holds_candidate":false,"problem":"","#
                + #""loads_stable":false,"loads_candidate":false}"#)
    }

    @Test func bytesAreHexadecimalAndAbsentMessagesNull() {
        let json = JSONText(
            TargetStatus(
                target: "t/t", stable: Arm(number: "1.0.0", manifestDigest: [0, 255], weightBp: 1),
                nowUnixMs: -5))
        #expect(json["stable"]?["manifest_digest"] == "00ff")
        #expect(json["candidate"] == .null)
        #expect(json["now_unix_ms"] == -5)
        #expect(json["guards"] == [])
    }

    @Test func numbersThatJSONLacksHaveNames() {
        #expect(JSONText(MetricResult(name: "f1", value: .nan))["value"]?.compact == #""NaN""#)
        #expect(JSONText(Gate(kind: .nonInferiorToParent))["kind"] == "non_inferior_to_parent")
    }
}
