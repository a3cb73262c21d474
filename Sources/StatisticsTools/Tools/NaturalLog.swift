import func Glibc.log

/// ln x; −∞ for 0.
func naturalLog(_ x: Double) -> Double { log(x) }
