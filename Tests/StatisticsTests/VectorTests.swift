import CairnTestKit
import Testing

/// The known answers of `statistics.json`, one test per kind.
@Suite struct VectorTests {
    static let cases: [JSONValue] = {
        do {
            return try Vectors.load("statistics.json")["cases"]?.array ?? []
        } catch {
            Issue.record("statistics.json cannot be read: \(error)")
            return []
        }
    }()

    static let kinds = Set(cases.map { $0["kind"]?.string ?? "(no kind)" }).sorted()

    @Test func theFileHasCases() { #expect(!Self.cases.isEmpty) }

    @Test(arguments: kinds) func everyCaseAgrees(kind: String) throws {
        let answer = try #require(VectorAnswers.all[kind], "no answer is written for kind \(kind)")
        var ran = 0
        for known in Self.cases where (known["kind"]?.string ?? "(no kind)") == kind {
            let id = known["id"]?.string ?? "(no id)"
            let input = try #require(known["input"], "\(id)")
            let expected = try #require(known["expect"]?.object, "\(id)")
            let comparison = Comparison(of: known)
            let got = try answer(input.asking(at: expected["at"]))
            for (field, want) in expected.sorted(by: { $0.key < $1.key }) {
                let complaint = comparison.complaint(field, want: want, got: got[field])
                #expect(complaint == nil, "\(id): \(complaint ?? "")")
            }
            ran += 1
        }
        #expect(ran > 0, "no case of kind \(kind) ran")
    }

    @Test func aMissingFormIsAComplaint() {
        let comparison = Comparison(of: .object(["rel_tol": .number(1e-9)]))
        #expect(comparison.complaint("exact_p", want: .number(1), got: nil) != nil)
        #expect(comparison.complaint("exact_p", want: .number(1), got: .number(1.1)) != nil)
        #expect(comparison.complaint("exact_p", want: .number(1), got: .number(1)) == nil)
        #expect(comparison.complaint("p", want: .array([.number(1)]), got: .array([])) != nil)
    }
}

/// The rule by which a case compares: `|got − want| ≤ max(rel_tol · |want|, abs_tol or 1e-12)`.
struct Comparison {
    let relative: Double
    let absolute: Double?
    let alternativeAsymptoticP: Double?

    init(of known: JSONValue) {
        relative = known["rel_tol"]?.double ?? 0
        absolute = known["abs_tol"]?.double
        alternativeAsymptoticP = known["alt_asymptotic_p"]?.double
    }

    /// What is wrong with an answer, or `nil`.
    func complaint(_ field: String, want: JSONValue, got: JSONValue?) -> String? {
        guard let got else { return "\(field) is missing, want \(want)" }
        if field.hasSuffix("_band"), let band = want.doubles, let bound = got.double {
            return (band[0]...band[1]).contains(bound)
                ? nil : "\(field): \(bound) is not in \(band)"
        }
        if field == "asymptotic_p", let other = alternativeAsymptoticP, let p = got.double,
            Vectors.agree(p, other, relative: relative, absolute: absolute)
        {
            return nil
        }
        return agree(want, got) ? nil : "\(field): got \(got), want \(want)"
    }

    private func agree(_ want: JSONValue, _ got: JSONValue) -> Bool {
        switch (want, got) {
        case (.array(let wants), .array(let gots)):
            return wants.count == gots.count && zip(wants, gots).allSatisfy(agree)
        case (.object(let wants), .object(let gots)):
            return wants.allSatisfy { key, want in gots[key].map { agree(want, $0) } ?? false }
        default:
            guard let want = want.double, let got = got.double else { return want == got }
            return Vectors.agree(got, want, relative: relative, absolute: absolute)
        }
    }
}
