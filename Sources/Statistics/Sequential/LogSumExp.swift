import func Glibc.exp
import func Glibc.log

/// ln of the mean of exp of the values, without overflow. −∞ for no values.
func logMeanExp(_ values: [Double]) -> Double {
    guard let largest = values.max() else { return -.infinity }
    guard largest.isFinite else { return largest }
    let sum = values.reduce(0) { $0 + exp($1 - largest) }
    return largest + log(sum / Double(values.count))
}
