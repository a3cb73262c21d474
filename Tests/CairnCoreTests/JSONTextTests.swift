import CairnCore
import Testing

@Suite struct JSONTextTests {
    @Test func membersKeepTheirOrderAndTextsAreEscaped() {
        let value: JSONText = ["z": 1, "a": ["tab\t\"quote\" \\ \u{1}", true, nil], "é": 0.1]
        #expect(value.compact == #"{"z":1,"a":["tab\t\"quote\" \\ \u0001",true,null],"é":0.1}"#)
        #expect(value.pretty.split(separator: "\n")[1] == #"  "z": 1,"#)
    }

    @Test func whatIsWrittenReadsBack() throws {
        let value: JSONText = [
            "big": JSONText(UInt64.max), "low": JSONText(Int64.min), "e": .number(1e-300),
            "empty": [], "none": .object([]), "text": "line\nend €😀", "no": false,
        ]
        #expect(try JSONText(parsing: value.compact) == value)
        #expect(try JSONText(parsing: value.pretty) == value)
    }

    @Test func numbersThatJSONLacksAreWrittenAsTheirNames() {
        let value: JSONText = [.number(.nan), .number(.infinity), .number(-.infinity), .number(3)]
        #expect(value.compact == #"["NaN","Infinity","-Infinity",3]"#)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "01", "+1", "1.", ".5", "\"\\ud800\"", "\"\u{1}\"", "nul",
        "[1] 2", "\"\\x\"", "{1:2}", "\"open", "-",
    ])
    func whatIsNotJSONIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONText(parsing: text) }
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.self) { try JSONText(parsing: deep) }
    }

    @Test func surrogatePairsAreOneCharacter() throws {
        #expect(try JSONText(parsing: #""\ud83d\ude00\u00e9""#) == "😀é")
    }
}
