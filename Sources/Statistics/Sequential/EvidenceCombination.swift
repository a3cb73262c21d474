/// Several e-values, each a guard's running evidence, read together. All are natural logarithms.
public enum EvidenceCombination {
    /// The evidence of independent sources together: their product, and no evidence where one of
    /// them rules it out.
    public static func independent(_ logEvidence: [Double]) -> Double {
        if let certain = [-.infinity, .infinity].first(where: logEvidence.contains) {
            return certain
        }
        return logEvidence.reduce(0, +)
    }

    /// The evidence of sources that may depend on one another: their mean. Needs at least one.
    public static func dependent(_ logEvidence: [Double]) -> Double { logMeanExp(logEvidence) }

    /// Which of K guards reject when the chance that any does so wrongly is to be at most α.
    ///
    /// Holm's step-down: the largest needs e ≥ K/α, the next (K−1)/α, and so on to the first that
    /// falls short. Source: Holm 1979; Vovk and Wang, Annals of Statistics 49 (2021).
    public static func holm(_ logEvidence: [Double], alpha: Double) -> [Bool] {
        var rejected = Array(repeating: false, count: logEvidence.count)
        let order = logEvidence.indices.sorted { logEvidence[$0] > logEvidence[$1] }
        for (rank, index) in order.enumerated() {
            let guards = Double(logEvidence.count - rank)
            guard evidence(logEvidence[index], reaches: alpha / guards) else { break }
            rejected[index] = true
        }
        return rejected
    }
}
