import CairnTestKit
import StatisticsTools
import Testing

/// The known answers of `statistics.json`, through the tools as a person uses them. The kinds
/// `special_…` are functions, which no tool offers.
@Suite struct VectorTests {
    static let cases: [JSONValue] = {
        do {
            return try Vectors.load("statistics.json")["cases"]?.array ?? []
        } catch {
            Issue.record("statistics.json cannot be read: \(error)")
            return []
        }
    }()

    static let kinds = Set(cases.compactMap { $0["kind"]?.string }).filter {
        !$0.hasPrefix("special_")
    }.sorted()

    @Test func theFileHasCases() { #expect(Self.kinds.count > 20) }

    @Test(arguments: kinds) func everyCaseAgrees(kind: String) throws {
        let question = try #require(VectorQuestions.all[kind], "no tool is asked for kind \(kind)")
        var ran = 0
        for known in Self.cases where known["kind"]?.string == kind {
            let id = known["id"]?.string ?? "(no id)"
            let expected = try #require(known["expect"]?.object, "\(id)")
            let got = try question(
                VectorInput(try #require(known["input"]), expecting: expected))
            for (field, want) in expected.sorted(by: { $0.key < $1.key }) {
                let complaint = Comparison(known).complaint(field, want: want, got: got[field])
                #expect(complaint == nil, "\(id): \(complaint ?? "")")
            }
            ran += 1
        }
        #expect(ran > 0, "no case of kind \(kind) ran")
    }
}

/// The rule by which a case compares: `|got − want| ≤ max(rel_tol · |want|, abs_tol or 1e-12)`.
private struct Comparison {
    let known: JSONValue

    init(_ known: JSONValue) { self.known = known }

    func complaint(_ field: String, want: JSONValue, got: JSONValue?) -> String? {
        if want == .null, got == nil { return nil }
        guard let got else {
            // What has no value is left out of an answer.
            return want.double?.isNaN == true ? nil : "\(field) is missing, want \(want)"
        }
        if field.hasSuffix("_band"), let band = want.doubles, let bound = got.double {
            return (band[0]...band[1]).contains(bound) ? nil : "\(field): \(bound) not in \(band)"
        }
        if field == "asymptotic_p", let other = known["alt_asymptotic_p"], agree(other, got) {
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
            return Vectors.agree(
                got, want, relative: known["rel_tol"]?.double ?? 0,
                absolute: known["abs_tol"]?.double)
        }
    }
}
