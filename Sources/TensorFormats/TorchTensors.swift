import CairnCore

/// The tensors that a pickle of PyTorch's names: which part of which storage each is.
///
/// Source: `torch._utils._rebuild_tensor_v2`, `_rebuild_tensor_v3`, `_rebuild_parameter`, and
/// `torch.serialization.persistent_id`.
struct TorchTensors {
    struct View {
        let name: String
        /// Of the archive's file `data/KEY`.
        let storage: String
        let element: ElementType
        /// Into the storage, in elements.
        let offset: Int
        let shape: [Int]
        let isContiguous: Bool
    }

    /// In the order in which the pickle names them; names are the keys on the way, with dots.
    private(set) var views: [View] = []

    private let pickle: Pickle
    /// Containers that were walked: a pickle may name one from many places, or from inside itself.
    private var seen = Set<Pickle.Index>()

    private static let depthMax = 64

    init(_ pickle: Pickle) {
        self.pickle = pickle
        walk(pickle.root, "", depth: 0)
    }

    private mutating func walk(_ index: Pickle.Index, _ path: String, depth: Int) {
        guard depth < Self.depthMax else { return }
        if case .call(let function, let arguments, let state) = pickle.nodes[index] {
            if let view = view(function, arguments, path) { return views.append(view) }
            // An object: what it was given is what it has.
            guard seen.insert(index).inserted, let state else { return }
            return walk(state, path, depth: depth + 1)
        }
        guard seen.insert(index).inserted else { return }
        let prefix = path.isEmpty ? "" : path + "."
        switch pickle.nodes[index] {
        case .dictionary(let pairs):
            for pair in stride(from: 0, to: pairs.count - 1, by: 2) {
                guard let key = key(pairs[pair]) else { continue }
                // A module's members, which its state dictionary names without these.
                let isModules = ["_modules", "_parameters", "_buffers"].contains(key)
                walk(pairs[pair + 1], isModules ? path : prefix + key, depth: depth + 1)
            }
        case .list(let items), .tuple(let items):
            for (number, item) in items.enumerated() {
                walk(item, prefix + String(number), depth: depth + 1)
            }
        default: break
        }
    }

    private func key(_ index: Pickle.Index) -> String? {
        switch pickle.nodes[index] {
        case .text(let text): text
        case .integer(let number): String(number)
        default: nil
        }
    }

    private func view(
        _ function: Pickle.Index, _ arguments: Pickle.Index, _ name: String
    ) -> View? {
        guard case .global(let function) = pickle.nodes[function],
            case .tuple(let arguments) = pickle.nodes[arguments]
        else { return nil }
        switch function {
        case "torch._utils _rebuild_parameter", "torch._utils _rebuild_parameter_with_state":
            guard let inner = arguments.first,
                case .call(let function, let arguments, _) = pickle.nodes[inner]
            else { return nil }
            return isParameter(function) ? nil : view(function, arguments, name)
        case "torch._utils _rebuild_tensor_v2": return view(arguments, name, element: nil)
        case "torch._utils _rebuild_tensor_v3":
            guard arguments.count >= 7, case .global(let type) = pickle.nodes[arguments[6]] else {
                return nil
            }
            return view(arguments, name, element: Self.types[type] ?? .opaque)
        default: return nil
        }
    }

    /// A parameter of a parameter is none that PyTorch writes.
    private func isParameter(_ function: Pickle.Index) -> Bool {
        guard case .global(let name) = pickle.nodes[function] else { return true }
        return name.hasPrefix("torch._utils _rebuild_parameter")
    }

    /// - Parameter element: `nil` where the storage tells it.
    private func view(_ arguments: [Pickle.Index], _ name: String, element: ElementType?) -> View? {
        guard arguments.count >= 4, case .persistent(let id) = pickle.nodes[arguments[0]],
            case .tuple(let parts) = pickle.nodes[id], parts.count >= 3,
            pickle.nodes[parts[0]] == .text("storage"),
            case .global(let storageType) = pickle.nodes[parts[1]],
            case .text(let storage) = pickle.nodes[parts[2]],
            case .integer(let offset) = pickle.nodes[arguments[1]], offset >= 0,
            let shape = sizes(arguments[2]), let strides = sizes(arguments[3]),
            shape.count == strides.count
        else { return nil }
        return View(
            name: name, storage: storage,
            element: element ?? Self.types[storageType] ?? .opaque, offset: offset, shape: shape,
            isContiguous: Self.areContiguous(shape, strides))
    }

    private func sizes(_ index: Pickle.Index) -> [Int]? {
        guard case .tuple(let items) = pickle.nodes[index], items.count <= 64 else { return nil }
        let sizes = items.compactMap { item -> Int? in
            guard case .integer(let size) = pickle.nodes[item], size >= 0 else { return nil }
            return size
        }
        return sizes.count == items.count ? sizes : nil
    }

    /// Row by row, as the bytes of other formats lie.
    private static func areContiguous(_ shape: [Int], _ strides: [Int]) -> Bool {
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() {
            if size == 0 { return true }
            if size != 1 && stride != expected { return false }
            let (product, runsOver) = expected.multipliedReportingOverflow(by: size)
            if runsOver { return false }
            expected = product
        }
        return true
    }

    private static let types: [String: ElementType] = {
        let names: [(String, String, ElementType)] = [
            ("Half", "float16", .float16), ("BFloat16", "bfloat16", .bfloat16),
            ("Float", "float32", .float32), ("Double", "float64", .float64),
            ("Char", "int8", .int8), ("Byte", "uint8", .uint8), ("Short", "int16", .int16),
            ("Int", "int32", .int32), ("Long", "int64", .int64), ("Bool", "bool", .bool),
            ("ComplexFloat", "complex64", .complex64),
            ("Float8_e4m3fn", "float8_e4m3fn", .float8e4m3),
            ("Float8_e5m2", "float8_e5m2", .float8e5m2),
            ("UInt16", "uint16", .uint16), ("UInt32", "uint32", .uint32),
            ("UInt64", "uint64", .uint64),
        ]
        return Dictionary(
            uniqueKeysWithValues: names.flatMap {
                [("torch \($0.0)Storage", $0.2), ("torch \($0.1)", $0.2)]
            })
    }()
}
