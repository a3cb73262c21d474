/// Imports go downward, decisions import no world, and full Foundation stays out.
enum ImportRules {
    static func findings(in file: SourceFile) -> [Finding] {
        guard file.isSwift, let target = file.target else { return [] }
        if file.isTest { return file.imports.compactMap { foundation($0, in: file) } }
        guard let floor = Floors.table[target] else {
            return [
                Finding(path: file.path, line: 1, text: "'\(target)' has no floor in Floors.table")
            ]
        }
        return file.imports.compactMap { item in
            foundation(item, in: file)
                ?? objection(to: item.module, item.symbol, target, floor).map {
                    Finding(path: file.path, line: item.line, text: $0)
                }
        }
    }

    private static func foundation(
        _ item: (line: Int, module: String, symbol: String?), in file: SourceFile
    ) -> Finding? {
        guard item.module == "Foundation" else { return nil }
        return Finding(
            path: file.path, line: item.line,
            text: "imports Foundation, which costs each program 50 MB; take FoundationEssentials, "
                + "Glibc, or neither")
    }

    private static func objection(
        to module: String, _ symbol: String?, _ target: String, _ floor: Int
    ) -> String? {
        if let least = Floors.system[module] {
            if floor >= least || Floors.systemExceptions[target]?[module] != nil { return nil }
            // A decision may take one function of mathematics, never the whole library.
            if module == "Glibc", symbol != nil { return nil }
            return "\(target) on floor \(floor) imports \(module), allowed from floor \(least) up"
        }
        guard let other = Floors.table[module] else {
            return "\(target) imports \(module), which has no floor in Floors.table"
        }
        if other == 0, floor <= 2, !Floors.pureC.contains(module) {
            return "\(target) on floor \(floor) imports the C library \(module); adapters do that"
        }
        if other < floor || Floors.sameFloor[target]?[module] != nil { return nil }
        return
            "\(target) on floor \(floor) imports \(module) on floor \(other); imports go downward"
    }
}
