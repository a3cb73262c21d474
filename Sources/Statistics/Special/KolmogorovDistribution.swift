import func Glibc.exp

/// The limit distribution of √n · D, where D is the largest gap of two distribution functions.
///
/// Source: Kolmogorov 1933; the form for small x is Jacobi's transformation of the other.
public enum KolmogorovDistribution {
    /// The chance of a value above x.
    public static func sf(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= 0.04 { return 1 }
        return x < 0.8 ? 1 - smallCDF(x) : largeSF(x)
    }

    /// √(2π)/x Σ exp(−(2k−1)²π²/(8x²))
    private static func smallCDF(_ x: Double) -> Double {
        let unit = -Double.pi * Double.pi / (8 * x * x)
        let sum = exp(unit) + exp(9 * unit) + exp(25 * unit) + exp(49 * unit)
        return (2 * Double.pi).squareRoot() / x * sum
    }

    /// 2 Σ (−1)ᵏ⁻¹ exp(−2k²x²)
    private static func largeSF(_ x: Double) -> Double {
        let unit = -2 * x * x
        let sum = exp(unit) - exp(4 * unit) + exp(9 * unit) - exp(16 * unit) + exp(25 * unit)
        return 2 * sum
    }
}
