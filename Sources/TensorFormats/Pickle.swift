import Compression

/// Reads a pickle as data: nothing of it is ever called.
///
/// What a stream builds is an arena of nodes that name each other by index, since a pickle may
/// refer to a container before it is filled, and from many places. Objects of classes that are not
/// known stay unknown, with the state that they are given.
///
/// Source: CPython's `pickletools`, protocols 0 to 5; the opcodes that protocols 2 and up write.
struct Pickle {
    typealias Index = Int

    enum Node: Equatable {
        case none
        case bool(Bool)
        case integer(Int)
        case text(String)
        case tuple([Index])
        case list([Index])
        /// Keys and values by turns.
        case dictionary([Index])
        /// A class or function, as "module name".
        case global(String)
        /// What the stream names by a persistent id.
        case persistent(Index)
        /// The result of a call that was not made.
        case call(function: Index, arguments: Index, state: Index?)
        case unknown
    }

    private(set) var nodes: [Node] = []
    private(set) var root: Index = 0

    private static let nodeCountMax = 4 << 20

    /// - Throws: `FormatProblem` where it is no pickle, or one with opcodes that are not known.
    init(_ bytes: ArraySlice<UInt8>) throws(FormatProblem) {
        var machine = Machine(bytes: bytes)
        root = try machine.run()
        nodes = machine.nodes
    }

    private struct Machine {
        let bytes: ArraySlice<UInt8>
        var at: Int
        var nodes: [Node] = [.none]
        var stack: [Index] = []
        /// Heights of the stack at which marks stand.
        var marks: [Int] = []
        var memo: [Int: Index] = [:]

        init(bytes: ArraySlice<UInt8>) { (self.bytes, at) = (bytes, bytes.startIndex) }

        static let ends = FormatProblem("the pickle ends early")

        mutating func byte() throws(FormatProblem) -> UInt8 {
            guard at < bytes.endIndex else { throw Self.ends }
            defer { at += 1 }
            return bytes[at]
        }

        mutating func take(_ count: Int) throws(FormatProblem) -> ArraySlice<UInt8> {
            guard count >= 0, count <= bytes.endIndex - at else { throw Self.ends }
            defer { at += count }
            return bytes[at..<at + count]
        }

        mutating func number(_ width: Int) throws(FormatProblem) -> Int {
            let number = Little.number(try take(width), 0, width)
            guard number >= 0 else { throw FormatProblem("a length in the pickle is over 2⁶³") }
            return number
        }

        /// Two's complement of any width.
        mutating func signed(_ width: Int) throws(FormatProblem) -> Node {
            let digits = try take(width)
            guard width <= 8 else { return .unknown }
            var value: Int64 = digits.last.map { $0 >= 0x80 ? -1 : 0 } ?? 0
            for byte in digits.reversed() { value = value << 8 | Int64(byte) }
            return .integer(Int(value))
        }

        mutating func line() throws(FormatProblem) -> String {
            guard let end = bytes[at...].firstIndex(of: 10) else { throw Self.ends }
            defer { at = end + 1 }
            return String(decoding: bytes[at..<end], as: UTF8.self)
        }

        mutating func text(_ count: Int) throws(FormatProblem) -> Node {
            .text(String(decoding: try take(count), as: UTF8.self))
        }

        mutating func push(_ node: Node) throws(FormatProblem) {
            guard nodes.count < Pickle.nodeCountMax else {
                throw FormatProblem("more than \(Pickle.nodeCountMax) values in the pickle")
            }
            nodes.append(node)
            stack.append(nodes.count - 1)
        }

        mutating func pop() throws(FormatProblem) -> Index {
            guard stack.count > marks.last ?? 0, let top = stack.popLast() else {
                throw FormatProblem("the pickle takes more than it put")
            }
            return top
        }

        mutating func popToMark() throws(FormatProblem) -> [Index] {
            guard let mark = marks.popLast(), mark <= stack.count else {
                throw FormatProblem("the pickle has no mark where it needs one")
            }
            defer { stack.removeSubrange(mark...) }
            return Array(stack[mark...])
        }

        func top() throws(FormatProblem) -> Index {
            guard let top = stack.last else { throw FormatProblem("the pickle takes from nothing") }
            return top
        }

        mutating func append(_ items: [Index]) throws(FormatProblem) {
            let target = try top()
            switch nodes[target] {
            case .list(var list):
                nodes[target] = .none
                list += items
                nodes[target] = .list(list)
            case .dictionary(var pairs):
                nodes[target] = .none
                pairs += items
                nodes[target] = .dictionary(pairs)
            default: break
            }
        }

        mutating func recall(_ key: Int) throws(FormatProblem) {
            guard let index = memo[key] else {
                throw FormatProblem("the pickle recalls what it did not keep")
            }
            stack.append(index)
        }

        /// - Returns: the whole value.
        mutating func run() throws(FormatProblem) -> Index {
            while true {
                let opcode = try byte()
                if opcode == UInt8(ascii: ".") { return try pop() }
                if try values(opcode) { continue }
                if try containers(opcode) { continue }
                guard try objects(opcode) else {
                    throw FormatProblem("opcode \(opcode) in the pickle")
                }
            }
        }

        private mutating func values(_ opcode: UInt8) throws(FormatProblem) -> Bool {
            switch opcode {
            case UInt8(ascii: "N"): try push(.none)
            case 0x88: try push(.bool(true))
            case 0x89: try push(.bool(false))
            case UInt8(ascii: "K"): try push(.integer(try number(1)))
            case UInt8(ascii: "M"): try push(.integer(try number(2)))
            case UInt8(ascii: "J"): try push(try signed(4))
            case 0x8A: try push(try signed(try number(1)))
            case 0x8B: try push(try signed(try number(4)))
            case UInt8(ascii: "G"):
                _ = try take(8)
                try push(.unknown)
            case UInt8(ascii: "X"): try push(try text(try number(4)))
            case 0x8C: try push(try text(try number(1)))
            case 0x8D: try push(try text(try number(8)))
            case UInt8(ascii: "U"): try push(try text(try number(1)))
            case UInt8(ascii: "T"): try push(try text(try number(4)))
            case UInt8(ascii: "C"): try skip(try number(1))
            case UInt8(ascii: "B"): try skip(try number(4))
            case 0x8E, 0x96: try skip(try number(8))
            default: return false
            }
            return true
        }

        private mutating func skip(_ count: Int) throws(FormatProblem) {
            _ = try take(count)
            try push(.unknown)
        }

        private mutating func containers(_ opcode: UInt8) throws(FormatProblem) -> Bool {
            switch opcode {
            case UInt8(ascii: "("): marks.append(stack.count)
            case UInt8(ascii: ")"): try push(.tuple([]))
            case UInt8(ascii: "]"): try push(.list([]))
            case UInt8(ascii: "}"): try push(.dictionary([]))
            case 0x8F: try push(.unknown)
            case 0x85...0x87:
                var items: [Index] = []
                for _ in 0..<opcode - 0x84 { items.append(try pop()) }
                try push(.tuple(items.reversed()))
            case UInt8(ascii: "t"): try push(.tuple(try popToMark()))
            case UInt8(ascii: "l"): try push(.list(try popToMark()))
            case UInt8(ascii: "d"): try push(.dictionary(try popToMark()))
            case 0x91:
                _ = try popToMark()
                try push(.unknown)
            case UInt8(ascii: "a"):
                let item = try pop()
                try append([item])
            case UInt8(ascii: "e"), UInt8(ascii: "u"), 0x90: try append(try popToMark())
            case UInt8(ascii: "s"):
                let value = try pop()
                let key = try pop()
                try append([key, value])
            default: return false
            }
            return true
        }

        private mutating func objects(_ opcode: UInt8) throws(FormatProblem) -> Bool {
            switch opcode {
            case 0x80: _ = try take(1)
            case 0x95: _ = try take(8)
            case UInt8(ascii: "0"): _ = try pop()
            case UInt8(ascii: "1"): _ = try popToMark()
            case UInt8(ascii: "2"): stack.append(try top())
            case UInt8(ascii: "q"): memo[try number(1)] = try top()
            case UInt8(ascii: "r"): memo[try number(4)] = try top()
            case 0x94: memo[memo.count] = try top()
            case UInt8(ascii: "h"): try recall(try number(1))
            case UInt8(ascii: "j"): try recall(try number(4))
            case UInt8(ascii: "c"):
                let module = try line()
                try push(.global(module + " " + (try line())))
            case 0x93:
                let (name, module) = (try pop(), try pop())
                guard case .text(let name) = nodes[name], case .text(let module) = nodes[module]
                else { throw FormatProblem("a class in the pickle is named by no text") }
                try push(.global(module + " " + name))
            case UInt8(ascii: "Q"): try push(.persistent(try pop()))
            case UInt8(ascii: "R"), 0x81:
                let (arguments, function) = (try pop(), try pop())
                // The one call that makes a container which is then filled.
                let isDictionary = nodes[function] == .global("collections OrderedDict")
                try push(
                    isDictionary
                        ? .dictionary([])
                        : .call(function: function, arguments: arguments, state: nil))
            case 0x92:
                let (_, arguments, function) = (try pop(), try pop(), try pop())
                try push(.call(function: function, arguments: arguments, state: nil))
            case UInt8(ascii: "b"):
                let state = try pop()
                let target = try top()
                if case .call(let function, let arguments, _) = nodes[target] {
                    nodes[target] = .call(function: function, arguments: arguments, state: state)
                }
            default: return false
            }
            return true
        }
    }
}
