import CairnCore
import Testing
import YAMLFiles

@Suite struct YAMLFileTests {
    private func error(_ text: String) -> String? {
        do throws(ConfigError) {
            _ = try YAMLFile.value(of: text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func everyValueKnowsItsPlace() throws {
        let value = try YAMLFile.value(of: "a: 1\nb:\n  - x\n  - {c: 'y'}\n")
        guard case .map(let entries) = value.content,
            case .list(let items) = entries[1].value.content,
            case .map(let inner) = items[1].content
        else {
            Issue.record("not the expected shape: \(value)")
            return
        }
        #expect(entries.map(\.key) == ["a", "b"])
        #expect(entries[1].place == ConfigPlace(line: 2, column: 1))
        #expect(items[0].place == ConfigPlace(line: 3, column: 5))
        #expect(
            inner[0].value
                == ConfigValue(
                    .scalar("y", isQuoted: true), at: ConfigPlace(line: 4, column: 9)))
    }

    @Test func plainWordsKeepTheirText() throws {
        let value = try YAMLFile.value(of: "[no, 1.10, 0x10, ~, '', null, \"null\"]")
        let texts = try value.list().map { item in
            item.content == .null ? "-" : try item.text()
        }
        #expect(texts == ["no", "1.10", "0x10", "-", "", "-", "null"])
    }

    @Test(arguments: [
        ("", "line 1, column 1: the file is empty"),
        ("a: [1, 2", "did not find expected ',' or ']'"),
        ("a: 1\na: 2", "line 2, column 1: the key 'a' stands already in line 1"),
        ("a: &x 1", "anchors"), ("a: *x", "aliases"), ("a: !!python/object x", "tag"),
        ("a: 1\n---\nb: 2", "line 2, column 1: a second document"),
        ("[1]: 2", "expected a plain text as key"),
        ("a: \"\u{1}\"", "not YAML: control characters are not allowed"),
        (String(repeating: "[", count: 40), "more than 32 levels deep"),
    ])
    func whatIsRefusedIsRefusedByName(text: String, words: String) {
        #expect(error(text)?.contains(words) == true, "\(error(text) ?? "no error")")
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: ConfigError.self) { try YAMLFile.value(of: [0x61, 0x3A, 0x20, 0xFF]) }
    }

    @Test func anyBytesEndInAValueOrAnErrorAndNeverInACrash() {
        let alphabet = Array("a:-[]{},\"'\n #&*!|>%@\t0\\?\u{7F}".utf8) + [0xC3, 0xA9, 0xFF, 0x00]
        for seed in UInt64(0)..<2_000 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 0...40, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random)! }
            // Either outcome is right here; what must not happen is a trap.
            _ = try? YAMLFile.value(of: bytes)
        }
    }
}
