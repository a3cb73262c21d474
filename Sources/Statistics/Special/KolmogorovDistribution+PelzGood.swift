import func Glibc.exp

extension KolmogorovDistribution {
    /// The distribution function of the largest gap d for large n: the limit and three more terms
    /// in 1/√n, each turned by Jacobi's theta identity into a series that converges fast.
    ///
    /// Source: Pelz and Good, JRSS B 38 (1976) 152–156.
    static func pelzGoodCDF(_ d: Double, _ n: Int) -> Double {
        let root = Double(n).squareRoot()
        let z = root * d
        let terms = PelzGoodTerms(z: z)
        return terms.k0 + (terms.k1 + (terms.k2 + terms.k3 / root) / root) / root
    }
}

/// The four functions K₀…K₃ of z = √n d.
private struct PelzGoodTerms {
    private(set) var (k0, k1, k2, k3) = (0.0, 0.0, 0.0, 0.0)

    init(z: Double) {
        let z2 = z * z
        let (z4, z6) = (z2 * z2, z2 * z2 * z2)
        let count = Int((16 * z / Double.pi).rounded(.up)) + 1
        for k in (1...count).reversed() { addOdd(Double(2 * k - 1), z2, z4, z6) }
        let scale = (2 * Double.pi).squareRoot()
        k0 *= scale / z
        k1 *= scale / (6 * z4)
        k2 *= scale / (72 * z6 * z)
        k3 *= scale / (6480 * z6 * z4)

        let pi2 = Double.pi * Double.pi
        var (second, third) = (0.0, 0.0)
        for k in (1...count).reversed() {
            let square = Double(k * k)
            let weight = square * exp(-pi2 * square / (2 * z2))
            second += weight
            third += (3 * z2 - pi2 * square) * weight
        }
        k2 -= pi2 * scale / (36 * z2 * z) * second
        k3 += pi2 * scale / (216 * z6) * third
    }

    /// The term of the odd number m, all with the factor exp(−m²π²/(8z²)).
    private mutating func addOdd(_ m: Double, _ z2: Double, _ z4: Double, _ z6: Double) {
        let y = Double.pi * Double.pi / 4 * m * m
        let weight = exp(-y / (2 * z2))
        k0 += weight
        k1 += weight * (y - z2)
        k2 += weight * (6 * z6 + 2 * z4 + y * (2 * z4 - 5 * z2) + y * y * (1 - 2 * z2))
        let constant = -30 * z6 - 90 * z4 * z4
        let linear = y * (135 * z4 - 96 * z6)
        let square = y * y * (212 * z4 - 60 * z2)
        k3 += weight * (constant + linear + square + y * y * y * (5 - 30 * z2))
    }
}
