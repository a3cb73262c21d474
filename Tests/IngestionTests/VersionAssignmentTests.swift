import CairnCore
import Ingestion
import Testing

@Suite struct VersionAssignmentTests {
    static let manifest = Digest(of: [1])

    static func standing(_ numbers: String...) -> [StandingVersion] {
        numbers.map {
            StandingVersion(
                number: VersionNumber($0)!, manifest: manifest,
                at: Timestamp(seconds: 1_800_000_000))
        }
    }

    static func assign(_ number: String, parent: String = "", _ standing: [StandingVersion]) throws
        -> VersionAssignment
    {
        try VersionAssignment(
            .init(number: number, parent: parent), of: try ModelName("chat"), standing: standing)
    }

    @Test func autoTakesTheNextMinorAfterTheHighest() throws {
        #expect(try Self.assign("auto", []).number == VersionNumber("0.1.0"))
        #expect(try Self.assign("auto", Self.standing("0.1.0")).number == VersionNumber("0.2.0"))
        let mixed = Self.standing("1.9.3", "1.10.0", "1.2.0")
        #expect(try Self.assign("auto", mixed).number == VersionNumber("1.11.0"))
        #expect(
            try Self.assign("auto", Self.standing("2.0.0-rc.1")).number == VersionNumber("2.0.0"))
    }

    @Test func theParentIsTheHighestUnlessAnotherIsNamed() throws {
        let standing = Self.standing("1.0.0", "1.1.0")
        #expect(try Self.assign("auto", []).parent == nil)
        #expect(try Self.assign("0.5.0", standing).parent == VersionNumber("1.1.0"))
        #expect(
            try Self.assign("2.0.0", parent: "v1.0.0", standing).parent
                == VersionNumber("1.0.0"))
        let error = #expect(throws: IngestError.self) {
            try Self.assign("2.0.0", parent: "1.0.1", standing)
        }
        #expect(error?.code == .notFound)
        #expect(error?.description.contains("did you mean 'chat@v1.0.0'") == true)
    }

    @Test func aTakenNumberIsRefusedWithWhatHoldsItAndWhatIsFree() {
        let error = #expect(throws: IngestError.self) {
            try Self.assign("v1.1.0", Self.standing("1.0.0", "1.1.0"))
        }
        #expect(error?.code == .taken)
        #expect(
            error?.description == """
                chat@v1.1.0 is taken: it holds \(Self.manifest.short), committed \
                2027-01-15T08:00:00.000Z. Versions never change; take another number, or --version \
                auto for chat@v1.2.0
                """)
    }

    @Test(arguments: ["", "1.2", "one", "1.2.0+build", "AUTO", "01.0.0"])
    func whatIsNoVersionIsRefused(text: String) {
        let error = #expect(throws: IngestError.self) { try Self.assign(text, []) }
        #expect(error?.code == .invalid)
    }

    @Test func theLastMinorNumberIsNotOverflowed() {
        let error = #expect(throws: IngestError.self) {
            try Self.assign("auto", Self.standing("1.4294967295.0"))
        }
        #expect(error?.code == .invalid)
    }
}
