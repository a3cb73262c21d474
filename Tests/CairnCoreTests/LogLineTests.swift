import CairnCore
import Testing

@Suite struct LogLineTests {
    @Test func oneEventIsOneLineWhateverItHolds() {
        let line = LogLine.text([
            ("level", "info"), ("msg", "two\n\"words\""), ("n", "3"), ("e", ""),
        ])
        #expect(line == #"level=info msg="two\n\"words\"" n=3 e="""#)
    }
}
