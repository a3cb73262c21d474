import func Glibc.exp
import func Glibc.log

/// The p-value that evidence of this size is worth: min(1, 1/e).
func evidenceToP(_ logEvidence: Double) -> Double { min(1, exp(-logEvidence)) }

/// Whether evidence has reached 1/level, where a tie up to rounding counts as reached.
func evidence(_ logEvidence: Double, reaches level: Double) -> Bool {
    logEvidence >= -log(level) - 1e-12
}

/// ln of the mean of exp of the values, without overflow. −∞ for no values.
func logMeanExp(_ values: [Double]) -> Double {
    guard let largest = values.max() else { return -.infinity }
    guard largest.isFinite else { return largest }
    let sum = values.reduce(0) { $0 + exp($1 - largest) }
    return largest + log(sum / Double(values.count))
}
