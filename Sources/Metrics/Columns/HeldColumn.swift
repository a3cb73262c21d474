/// A copy of a column, at a place that does not move: kernels over many columns take their addresses.
final class HeldColumn<Element: BitwiseCopyable & Sendable & Equatable>: Sendable {
    private nonisolated(unsafe) let memory: UnsafeMutableBufferPointer<Element>

    init(_ view: ColumnView<Element>) {
        memory = .allocate(capacity: view.count)
        _ = memory.initialize(fromContentsOf: view.pointer)
    }

    init(count: Int, _ element: (Int) -> Element) {
        memory = .allocate(capacity: count)
        for index in 0..<count { memory.initializeElement(at: index, to: element(index)) }
    }

    deinit { memory.deallocate() }

    /// Holds as long as this column does.
    var pointer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(memory) }
    var count: Int { memory.count }

    subscript(index: Int) -> Element { memory[index] }
}

extension HeldColumn: Equatable {
    static func == (a: HeldColumn, b: HeldColumn) -> Bool {
        a === b || a.pointer.elementsEqual(b.pointer)
    }
}

/// A copy of scores as they were stored.
enum HeldScores: Sendable, Equatable {
    case float32(HeldColumn<Float>)
    case float64(HeldColumn<Double>)

    init(_ view: ScoreView) {
        switch view {
        case .float32(let column): self = .float32(HeldColumn(column))
        case .float64(let column): self = .float64(HeldColumn(column))
        }
    }

    subscript(index: Int) -> Double {
        switch self {
        case .float32(let column): Double(column[index])
        case .float64(let column): column[index]
        }
    }

    var view: ScoreView {
        switch self {
        case .float32(let column): .float32(ColumnView(column.pointer))
        case .float64(let column): .float64(ColumnView(column.pointer))
        }
    }
}
