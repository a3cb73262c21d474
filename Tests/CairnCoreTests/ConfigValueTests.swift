import CairnCore
import Testing

@Suite struct ConfigValueTests {
    private func plain(_ text: String) -> ConfigValue {
        ConfigValue(.scalar(text, isQuoted: false), at: ConfigPlace(line: 3, column: 7))
    }

    @Test(arguments: [
        ("30s", 30_000), ("5m", 300_000), ("1h30m", 5_400_000), ("250ms", 250), ("2d", 172_800_000),
    ])
    func durationsAreNumbersWithUnits(text: String, milliseconds: Int64) throws {
        #expect(try plain(text).duration() == .milliseconds(milliseconds))
    }

    @Test(arguments: ["30", "s", "-1s", "1m1h", "1.5s", "5 m", "1s1s", "9999999999d", "٣s"])
    func otherTextsAreNoDuration(text: String) {
        #expect(throws: ConfigError.self) { try plain(text).duration() }
    }

    @Test(arguments: [
        ("5%", 500), ("0.25%", 25), ("0.5%", 50), ("100%", 10_000), ("0%", 0), ("25bp", 25),
    ])
    func sharesArePercentagesOrBasisPoints(text: String, value: Int) throws {
        #expect(try plain(text).share().value == value)
    }

    @Test(arguments: ["5", "101%", "0.125%", "-5%", "10001bp", "%", ".5%", "100.01%"])
    func otherTextsAreNoShare(text: String) {
        #expect(throws: ConfigError.self) { try plain(text).share() }
    }

    @Test func errorsSayWhereAndWhat() {
        #expect {
            try plain("hodl").choice(["hold", "reject"])
        } throws: {
            "\($0)"
                == "line 3, column 7: expected one of hold, reject and not 'hodl'; did you mean 'hold'?"
        }
        #expect {
            try plain("ten").integer(in: 1...9)
        } throws: {
            "\($0)" == "line 3, column 7: expected a whole number from 1 to 9 and not 'ten'"
        }
    }

    @Test func byteCountsTakeBinaryUnitsAndRefuseOverflow() throws {
        #expect(try plain("64KiB").byteCount() == 65_536)
        #expect(try plain("7").byteCount() == 7)
        #expect(throws: ConfigError.self) { try plain("99999999999999GiB").byteCount() }
        #expect(throws: ConfigError.self) { try plain("64KB").byteCount() }
    }
}
