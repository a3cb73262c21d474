// swift-tools-version: 6.2
import PackageDescription

// A target imports only from floors below its own; ARCHITECTURE.md has the map, and
// `cairn-dev check` reads the import lines and holds what SwiftPM cannot see.

let swift: [SwiftSetting] = [.treatAllWarnings(as: .error)]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: swift)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], _ resources: [Resource] = [])
    -> Target
{
    .testTarget(
        name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
        resources: resources, swiftSettings: swift)
}

let package = Package(
    name: "cairn",
    targets: [
        // Floor 0: Debian's C libraries, and C of our own.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
        .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd"),
        .target(name: "CKernels"),
        .target(name: "CLinux"),
        .target(name: "CCairnMessages", dependencies: ["CProtobufC"]),

        // Floor 1: values with meaning.
        library("CairnCore", ["CKernels"]),

        // Floor 2: every decision, formula and protocol, as values.
        library("CommandTable", ["CairnCore"]),
        library("Framing", ["CairnCore", "CKernels"]),
        library("Messages", ["CairnCore", "CCairnMessages"]),
        library("Ingestion", ["CairnCore"]),
        library("Metrics", ["CairnCore"]),
        library("Statistics", ["CairnCore"]),
        library("Evaluation", ["CairnCore", "Metrics", "Statistics"]),
        library("Deployment", ["CairnCore", "Statistics"]),

        library("Digits", ["CairnCore"]),
        library("Plotting"),

        // Floor 3: what the services need from outside, each with its in-memory version.
        library("Ports", ["CairnCore", "Evaluation", "Messages"]),

        // Floor 4: one C library or one outside system each; ServiceKit is what all shells share.
        library("ServiceKit", ["CairnCore", "Messages", "Ports"]),
        library("LinuxHost", ["CairnCore", "Ports", "CLinux"]),
        library("SQLiteStores", ["CairnCore", "Evaluation", "Messages", "Ports", "CSQLite"]),
        library("YAMLFiles", ["CairnCore", "CYAML"]),

        // Floor 5: shells, events in and effects out, and what reads files for them.
        library("Specs", ["CairnCore", "Messages"]),

        // Floor 6: programs, a screen of code each, and what several of them share.
        library("CairnCommands", ["CairnCore", "CommandTable"]),
        program("cairn-dev", []),

        // Tests.
        library("CairnTestKit", ["CairnCore"]),
        tests(of: "CairnCore"),
        tests(of: "CommandTable", ["CairnTestKit"]),
        tests(of: "CairnCommands", ["CairnTestKit", "CommandTable"]),
        tests(of: "Messages", ["CairnCore"]),
        tests(of: "Ports", ["CairnCore", "Messages"]),
        tests(of: "ServiceKit", ["CairnCore", "Messages", "Ports"]),
        tests(of: "SQLiteStores", ["CairnCore", "Messages", "Ports"]),
        tests(of: "Ingestion", ["CairnTestKit"]),
        tests(of: "Digits", ["CairnCore", "CairnTestKit"]),
        tests(of: "Plotting"),
        tests(of: "Metrics", ["CairnTestKit"]),
        tests(of: "Statistics", ["CairnTestKit"]),
        tests(of: "Framing", ["CairnTestKit"]),
        tests(of: "Evaluation", ["CairnCore", "CairnTestKit"]),
        tests(of: "Deployment", ["CairnTestKit"]),
        tests(of: "YAMLFiles", ["CairnCore"]),
        tests(of: "Specs", ["CairnCore", "Messages", "YAMLFiles"]),
    ]
)
