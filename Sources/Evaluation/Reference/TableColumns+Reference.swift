import Statistics

extension TableColumns {
    /// Under these names a data set's columns stand in a reference.
    static let inputPrefix = "input."
    /// Behind the name of a column whose texts are known by their length.
    static let lengthSuffix = ".length"

    /// The sketches of a data set: each column as what most of its values are. The column `id` names
    /// rows and has no distribution.
    public var reference: SketchBundle {
        var bundle = SketchBundle()
        (bundle.rowCount, bundle.skippedCount) = (rowCount, skippedCount)
        for name in names where name != "id" {
            guard let column = self[name], let kind = column.kind else { continue }
            let suffix = kind == .lengths ? Self.lengthSuffix : ""
            bundle[Self.inputPrefix + name + suffix] = column.entry(as: kind)
        }
        return bundle
    }

    /// Live traffic as what its reference is: each name of the reference that the table has too.
    ///
    /// `input.x` is the column `x` or `input.x`; `output` and `score` are the columns of those names or
    /// `prediction`, as predictions have it. A name with `.length` behind asks for lengths of texts.
    public func live(like reference: [Distribution]) -> [Distribution] {
        reference.compactMap { column in
            guard let (sketch, isLength) = self.column(for: column.name) else { return nil }
            let entry: SketchBundle.Entry
            switch column.content {
            case .numbers: entry = sketch.entry(as: isLength ? .lengths : .numbers)
            case .categories: entry = sketch.entry(as: .categories)
            case .vector: entry = sketch.entry(as: .vectors)
            }
            return Distribution(name: column.name, entry)
        }
    }

    private func column(for name: String) -> (ColumnSketch, isLength: Bool)? {
        for (stem, isLength) in [(name, false), (stem(of: name), true)] {
            guard let stem else { continue }
            let short =
                stem.hasPrefix(Self.inputPrefix)
                ? String(stem.dropFirst(Self.inputPrefix.count)) : stem
            let candidates = [stem, short] + (stem == "output" ? ["prediction"] : [])
            if let column = candidates.lazy.compactMap({ self[$0] }).first {
                return (column, isLength)
            }
        }
        return nil
    }

    private func stem(of name: String) -> String? {
        name.hasSuffix(Self.lengthSuffix)
            ? String(name.dropLast(Self.lengthSuffix.count)) : nil
    }
}
