import func Glibc.exp

extension KolmogorovDistribution {
    /// The chance that the distribution function of n values lies somewhere d or more away from the
    /// true, continuous one.
    ///
    /// Exact up to n = 140 and for small d; in the tail it leaves out gaps to both sides at once,
    /// and for large n it takes the Pelz–Good expansion: at least four digits there. The choice of
    /// method follows Simard and L'Ecuyer, Computing the Two-Sided Kolmogorov–Smirnov Distribution,
    /// 2011.
    public static func sf(_ d: Double, sampleSize n: Int) -> Double {
        guard !d.isNaN, n > 0 else { return .nan }
        let size = Double(n)
        if d >= 1 || size * d <= 0.5 { return d >= 1 ? 0 : 1 }
        let square = size * d * d
        // At most 2 exp(−2nd²), which no number above 0 is as small as. Source: Massart 1990.
        if square > 374 { return 0 }
        if d >= 0.5 || square >= (n <= 140 ? 4 : 2.2) { return min(1, 2 * oneSidedSF(d, n)) }
        if n <= 140 || (n <= 100_000 && size * d * d.squareRoot() <= 1.4) {
            return max(0, 1 - durbinCDF(d, n))
        }
        return max(0, min(1, 1 - pelzGoodCDF(d, n)))
    }

    /// Terms that a long sum takes at least.
    private static let wideCount = 8192

    /// The chance that the gap to one side is d or more. Both sides at once is far rarer here.
    ///
    /// d Σ C(n, j) (d+j/n)ʲ⁻¹ (1−d−j/n)ⁿ⁻ʲ. Source: Birnbaum and Tingey 1951.
    ///
    /// A long sum takes one term in m, m times. As a function of j the terms are a smooth hill that
    /// both ends of the sum are far away from: its deviation is n/(4√(nd²)), between n/6 and n/78,
    /// and at both ends it is below its top by a factor of more than exp(−√n). What such a sum is off
    /// by falls as exp(−2π²(deviation/m)²), Poisson's formula says, and that is 0 in `Double` here.
    static func oneSidedSF(_ d: Double, _ n: Int, every step: Int? = nil) -> Double {
        let size = Double(n)
        let step = step ?? (n > 100_000 ? max(1, n / wideCount) : 1)
        var sum = CompensatedSum()
        for j in stride(from: 0, through: Int(size * (1 - d)), by: step) {
            let j = Double(j)
            let (p, q) = (d + j / size, 1 - d - j / size)
            if q < 0 { break }
            sum.add(binomialTerm(j, of: size, p, q) * d / p)
        }
        return sum.value * Double(step)
    }

    /// The k-th diagonal element of n!/nⁿ · Hⁿ, with d = (k−h)/n.
    ///
    /// Source: Durbin 1968; Marsaglia, Tsang and Wang, Journal of Statistical Software 8/18, 2003.
    private static func durbinCDF(_ d: Double, _ n: Int) -> Double {
        let size = Double(n)
        let k = Int((size * d).rounded(.up))
        let h = Double(k) - size * d
        let power = SquareMatrix.durbin(order: 2 * k - 1, h: h).power(n)
        var (value, exponent) = (power.matrix[k - 1, k - 1], power.exponent)
        for i in 1...n {
            value *= Double(i) / size
            if value < 1e-140 {
                value = value.scaled(by: 400)
                exponent -= 400
            }
        }
        return value.scaled(by: exponent)
    }
}

/// A small dense matrix whose powers are kept in range by a power of two.
private struct SquareMatrix {
    let order: Int
    private var values: [Double]

    private init(order: Int) {
        self.order = order
        values = Array(repeating: 0, count: order * order)
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[row * order + column] }
        set { values[row * order + column] = newValue }
    }

    /// Durbin's H: 1/(i−j+1)! on and below the superdiagonal, the first column and the last row
    /// lessened by powers of h.
    static func durbin(order m: Int, h: Double) -> SquareMatrix {
        var inverseFactorial = [1.0]
        var powers = [1.0]
        for i in 1...m + 1 {
            inverseFactorial.append(inverseFactorial[i - 1] / Double(i))
            powers.append(powers[i - 1] * h)
        }
        var matrix = SquareMatrix(order: m)
        for i in 0..<m {
            for j in 0..<min(i + 2, m) { matrix[i, j] = 1 }
        }
        for i in 0..<m {
            matrix[i, 0] -= powers[i + 1]
            matrix[m - 1, i] -= powers[m - i]
        }
        if h > 0.5 {
            matrix[m - 1, 0] += (0..<m).reduce(1.0) { power, _ in power * (2 * h - 1) }
        }
        for i in 0..<m {
            for j in 0..<min(i + 2, m) { matrix[i, j] *= inverseFactorial[i - j + 1] }
        }
        return matrix
    }

    /// The matrix power as matrix · 2^exponent, by repeated squaring.
    func power(_ n: Int) -> (matrix: SquareMatrix, exponent: Int) {
        if n == 1 { return (self, 0) }
        let half = power(n / 2)
        var (matrix, exponent) = (half.matrix.times(half.matrix), 2 * half.exponent)
        if n % 2 == 1 { matrix = matrix.times(self) }
        let middle = matrix[order / 2, order / 2]
        if middle > 1e140 {
            let shift = Int(middle.exponent)
            matrix.values = matrix.values.map { $0.scaled(by: -shift) }
            exponent += shift
        }
        return (matrix, exponent)
    }

    private func times(_ other: SquareMatrix) -> SquareMatrix {
        var product = SquareMatrix(order: order)
        for i in 0..<order {
            for k in 0..<order where self[i, k] != 0 {
                let factor = self[i, k]
                for j in 0..<order { product[i, j] += factor * other[k, j] }
            }
        }
        return product
    }
}
