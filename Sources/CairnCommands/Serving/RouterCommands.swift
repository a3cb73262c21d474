import CairnCore
import LinuxHost
import RouterTexts
import Routing
import CommandTable

/// What somebody's own router needs to be split by Cairn. Needs no service.
enum RouterCommands {
    private static let routers = ["haproxy", "nginx"]

    static func config(_ context: CommandContext) throws {
        let (arguments, router) = (context.arguments, context.arguments.operand("ROUTER") ?? "")
        guard routers.contains(router) else {
            let hint = Nearest.word(to: router, among: routers).map { "; did you mean '\($0)'?" }
            throw UsageError("there is no router '\(router)'\(hint ?? ", only haproxy and nginx")")
        }
        let site = try installation(arguments)
        try Files.makeFolder(site.folder)
        let installed = RouterSplit(installedFor: site.target)
        let (lines, flags): (String, String)
        if router == "haproxy" {
            let map = HAProxyTexts.mapPath(site.target, in: site.folder)
            let socket = arguments.text("socket") ?? ""
            try write(HAProxyTexts.program, to: HAProxyTexts.programPath(in: site.folder), context)
            try writeOnce(HAProxyTexts.map(installed), to: map, context)
            lines = HAProxyTexts.fragment(site, socket: socket)
            flags = "--haproxy \(socket) --haproxy-map \(map)"
        } else {
            let include = NGINXTexts.includePath(site.target, in: site.folder)
            let status = arguments.text("status") ?? ""
            try writeOnce(NGINXTexts.include(installed), to: include, context)
            lines = NGINXTexts.fragment(site, status: status)
            flags = "--nginx \(include) --nginx-status \(status)"
        }
        context.out.print(String(lines.dropLast()))
        context.notes.print(
            "Put these lines into \(router)'s configuration and reload it; then its agent drives it:\n"
                + "  cairn-agent --target \(site.target) --name NAME --dir DIR \(flags)")
    }

    private static func installation(_ arguments: Arguments) throws -> RouterInstallation {
        let folder = arguments.text("dir") ?? ""
        guard folder.hasPrefix("/"), isWord(folder) else {
            throw UsageError(
                "--dir needs a whole path without blanks, quotes and other signs, not '\(folder)': it "
                    + "stands in the router's configuration")
        }
        func name(_ flag: String) throws(UsageError) -> String? {
            guard let name = arguments.text(flag) else { return nil }
            guard !name.isEmpty, isWord(name), !name.contains("/") else {
                throw UsageError(
                    "--\(flag) needs the name of a backend or an upstream, not '\(name)'")
            }
            return name
        }
        for flag in ["socket", "status"] where !isWord(arguments.text(flag) ?? "") {
            throw UsageError("--\(flag) takes no blanks, quotes and other signs")
        }
        do {
            let target = try TargetName(arguments.operand("TARGET") ?? "")
            return RouterInstallation(
                target: target, key: try RequestKey(arguments.text("key") ?? ""),
                cohorts: try arguments.text("cohorts").map(RequestKey.init),
                folder: folder.count > 1 && folder.hasSuffix("/")
                    ? String(folder.dropLast()) : folder,
                stable: try name("stable") ?? target.name + "-stable",
                candidate: try name("candidate") ?? target.name + "-candidate",
                baseline: try name("baseline"))
        } catch let error as NameError {
            throw UsageError(error.description)
        }
    }

    /// Nothing that a configuration reads as anything but itself.
    private static func isWord(_ text: String) -> Bool {
        text.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "/._-:[]".contains($0) }
    }

    private static func write(_ text: String, to path: String, _ context: CommandContext) throws {
        try Files.write(text, to: path)
        context.notes.print("wrote \(path)")
    }

    /// What is there already says how requests are split now.
    private static func writeOnce(_ text: String, to path: String, _ context: CommandContext) throws
    {
        if Files.isFile(path) { return context.notes.print("kept \(path): the agent's") }
        try write(text, to: path, context)
    }
}
