import func Glibc.exp
import func Glibc.expm1
import func Glibc.log

/// I_x(a, b) for x up to about the mean, by the method that cancels least for these shapes.
struct BetaTail {
    private let (a, b, x, y): (Double, Double, Double, Double)

    /// - Parameter y: 1 − x.
    init(_ a: Double, _ b: Double, _ x: Double, _ y: Double) {
        (self.a, self.b, self.x, self.y) = (a, b, x, y)
    }

    /// I_x(a, b) and 1 − I_x(a, b), which is small only for a < 1 and then has its own formulas.
    var withComplement: (Double, Double) {
        let near = value
        if near <= 0.9 || a >= 1 { return (near, 1 - near) }
        let far = x * b < 1 ? seriesComplement : BetaTail(b, a, y, x).value
        return (1 - far, far)
    }

    var value: Double { min(1, b <= 10_000 ? summedDown : density * fraction / a) }

    /// Brings b down to at most 1 in steps of 1, each adding a positive term:
    /// I_x(a, b) = I_x(a, b−1) + xᵃ yᵇ⁻¹ Γ(a+b−1)/(Γ(a)Γ(b)). DLMF 8.17.21.
    ///
    /// For large a the continued fraction cancels where x is near 1; this never does.
    private var summedDown: Double {
        if b <= 1 { return density / (a * y) * stieltjesFraction }
        var term = density / (y * (a + b - 1))
        var (sum, rest) = (0.0, b)
        while rest > 1 {
            sum += term
            rest -= 1
            guard rest > 1 else { break }
            term *= rest / (y * (a + rest - 1))
            if term <= sum * 0.1 * Double.ulpOfOne { return sum }
        }
        return sum + BetaTail(a, rest, x, y).summedDown
    }

    /// xᵃ yᵇ / B(a, b), through deviances, so that large a and b keep their digits.
    private var density: Double {
        let n = a + b
        let corrections = stirlingError(n) - stirlingError(a) - stirlingError(b)
        let exponent = corrections - deviance(a, mean: n * x) - deviance(b, mean: n * y)
        return exp(exponent) * (a / n * b / (2 * Double.pi)).squareRoot()
    }

    /// F(1, 1−b; a+1; −x/y) for b ≤ 1 by Gauss's fraction, all of whose terms are then positive.
    /// DLMF 15.7.5.
    private var stieltjesFraction: Double {
        let z = x / y
        var fraction = LentzFraction()
        for m in 0..<1_000_000 {
            let m = Double(m)
            let even = m * (a + b + m - 1) / ((a + 2 * m - 1) * (a + 2 * m))
            let odd = (1 - b + m) * (a + m) / ((a + 2 * m) * (a + 2 * m + 1))
            if m > 0 && fraction.append(even * z) { break }
            if fraction.append(odd * z) { break }
        }
        return 1 / fraction.value
    }

    /// 1/(1 + d₁/(1 + d₂/(1 + …))), of the order of √max(a, b) terms. DLMF 8.17.22.
    private var fraction: Double {
        var fraction = LentzFraction()
        for m in 0..<1_000_000 {
            let m = Double(m)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            if m > 0 { fraction.append(even) }
            if fraction.append(odd) { break }
        }
        return 1 / fraction.value
    }

    /// 1 − I_x(a, b) for a < 1 and x b < 1: with I = e^L (1 + a Σ …), 1 − e^L is taken by `expm1`.
    /// DLMF 8.17.7.
    private var seriesComplement: Double {
        let rounded = 1 + a
        let logGammaOfOnePlusA = logGamma(rounded) - eulerGamma * (a - (rounded - 1))
        let exponent = a * log(x) - logGammaOfOnePlusA + logGammaRise(b, by: a)
        var (power, sum) = (1.0, 0.0)
        for k in 1..<10_000 {
            let k = Double(k)
            power *= (k - b) / k * x
            let term = a * power / (a + k)
            sum += term
            if term.magnitude <= sum.magnitude * Double.ulpOfOne { break }
        }
        return max(0, -expm1(exponent) - exp(exponent) * sum)
    }
}
