/// Fewer points of a curve that look the same.
enum Thinning {
    /// At most `countMax` of the points, the first and the last among them: of each stretch the one
    /// that spans the largest triangle with what is kept before it and the mean of what follows.
    ///
    /// Source: Steinarsson, Downsampling Time Series for Visual Representation, 2013.
    static func thinned(
        _ points: [DetailCurve.Point], to countMax: Int = DetailCurve.pointCountMax
    ) -> [DetailCurve.Point] {
        guard points.count > countMax, countMax > 2 else { return points }
        let inner = points.count - 2
        let stretch = { (index: Int) in 1 + index * inner / (countMax - 2) }
        var kept = [points[0]]
        for bucket in 0..<(countMax - 2) {
            let (start, end) = (stretch(bucket), stretch(bucket + 1))
            let next = points[end..<min(points.count, max(end + 1, stretch(bucket + 2)))]
            let mean = (
                x: next.reduce(0) { $0 + $1.x } / Double(next.count),
                y: next.reduce(0) { $0 + $1.y } / Double(next.count)
            )
            let last = kept[kept.count - 1]
            let area = { (point: DetailCurve.Point) in
                ((last.x - mean.x) * (point.y - last.y) - (last.x - point.x) * (mean.y - last.y))
                    .magnitude
            }
            var best = points[start]
            for point in points[start..<end] where area(point) > area(best) { best = point }
            kept.append(best)
        }
        return kept + [points[points.count - 1]]
    }
}
