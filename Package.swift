// swift-tools-version: 6.2
import PackageDescription

// A target imports only from floors below its own; ARCHITECTURE.md has the map, and
// `cairn-dev check` reads the import lines and holds what SwiftPM cannot see.

let swift: [SwiftSetting] = [.treatAllWarnings(as: .error)]

// Computed without optimization, tests of numbers would wait for minutes.
let computing = swift + [.unsafeFlags(["-O"])]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = swift
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: swift)
}

func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], _ resources: [Resource] = [],
    exclude: [String] = [], settings: [SwiftSetting] = swift
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
        exclude: exclude, resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "cairn",
    targets: [
        // Floor 0: Debian's C libraries, and C of our own.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
        .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd"),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5-serial"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),
        .target(name: "CHDF5Files", dependencies: ["CHDF5"]),
        .target(name: "CKernels"),
        .target(name: "CLinux"),
        // Coded without optimization, tests would wait for minutes.
        .target(name: "CTensorCodec", cSettings: [.unsafeFlags(["-O3"])]),
        // As slow without optimization as the codec's.
        .target(name: "CMetrics", cSettings: [.unsafeFlags(["-O3"])]),
        .target(name: "CCairnMessages", dependencies: ["CProtobufC"]),

        // Floor 1: values with meaning.
        library("CairnCore", ["CKernels"]),

        // Floor 2: every decision, formula and protocol, as values.
        library("CommandTable", ["CairnCore"]),
        library("Rendering", ["CairnCore", "Messages"]),
        library("Exposition"),
        library("Supervision", ["CairnCore"]),
        library("Framing", ["CairnCore", "CKernels"]),
        library("Messages", ["CairnCore", "CCairnMessages"]),
        library("Ingestion", ["CairnCore"]),
        library("Statistics", ["CMetrics", "CairnCore"], settings: computing),
        library("Metrics", ["CMetrics", "CairnCore", "Statistics"], settings: computing),
        library("Compression", ["CZlib", "CZstd"]),
        library(
            "Evaluation",
            ["CKernels", "CairnCore", "Compression", "Messages", "Metrics", "Statistics"],
            settings: computing),
        library("Deployment", ["CairnCore", "Statistics"]),

        library("Routing", ["CairnCore", "Messages"]),
        library("RouterTexts", ["CairnCore", "Routing"]),
        library("TensorFormats", ["CairnCore", "Compression"]),
        library("Digits", ["CairnCore"]),
        library("Plotting"),
        library(
            "Reporting", ["CairnCore", "Evaluation", "Messages", "Plotting", "Rendering"]),
        library("StatisticsTools", ["CairnCore", "CommandTable", "Statistics"]),

        library(
            "TensorCodec", ["CTensorCodec", "CairnCore", "Compression"], settings: computing),

        // Floor 3: what the services need from outside, each with its in-memory version.
        library(
            "Ports",
            [
                "CairnCore", "Deployment", "Evaluation", "Ingestion", "Messages", "Routing",
                "Statistics", "TensorCodec", "TensorFormats",
            ]),

        // Floor 4: one C library or one outside system each; ServiceKit is what all shells share.
        library("ServiceKit", ["CairnCore", "Messages", "Ports"]),
        library("FileBlobs", ["CairnCore", "CKernels", "CLinux", "Ports", "TensorCodec"]),
        library("LinuxHost", ["CairnCore", "Evaluation", "Ports", "CLinux"]),
        library(
            "VersionFolders",
            [
                "CairnCore", "Ingestion", "Messages", "Ports", "CLinux", "TensorCodec",
                "TensorFormats",
            ]),
        library("Checksums", ["COpenSSL", "CairnCore"]),
        library("HDF5Files", ["CHDF5Files", "CairnCore", "Ports", "TensorFormats"]),
        library("Terminal", ["CLinux", "Rendering"]),
        library("AdminHTTP", ["CMicrohttpd"]),
        library("HTTPClient", ["CCurl", "Ports"]),
        library("PrometheusQueries", ["CairnCore", "Ports"]),
        library("HAProxyRouter", ["CairnCore", "Ports", "RouterTexts", "Routing"]),
        library("NGINXRouter", ["CairnCore", "Ports", "RouterTexts", "Routing"]),
        library(
            "TCPTransport", ["CairnCore", "Framing", "Messages", "Ports", "CLinux"]),
        library(
            "SQLiteStores",
            [
                "CairnCore", "Compression", "Deployment", "Evaluation", "Ingestion", "Messages",
                "Ports",
                "CSQLite",
            ]),
        library("YAMLFiles", ["CairnCore", "CYAML"]),

        // Floor 5: shells, events in and effects out, and what reads files for them.
        library("Specs", ["CairnCore", "Evaluation", "Messages", "Ports"]),
        library(
            "EvaluatorService",
            ["CairnCore", "Evaluation", "Messages", "Ports", "ServiceKit", "Statistics"]),
        library(
            "IngestService", ["CairnCore", "Ingestion", "Messages", "Ports", "ServiceKit"]),

        library(
            "ControllerService",
            [
                "CairnCore", "Deployment", "Evaluation", "Messages", "Ports", "ServiceKit",
                "Statistics",
            ]),

        library("Serving", ["CairnCore", "Messages", "Ports", "Routing", "ServiceKit"]),
        library(
            "AgentService",
            ["CairnCore", "Messages", "Ports", "Routing", "ServiceKit", "Serving"]),

        library(
            "Simulation",
            [
                "CairnCore", "ControllerService", "Deployment", "Evaluation", "IngestService",
                "Ingestion", "Messages", "Ports", "Routing", "Statistics",
            ]),

        // Floor 6: programs, a screen of code each, and what several of them share.
        library(
            "CairnClient",
            [
                "CairnCore", "Deployment", "HDF5Files", "Ingestion", "LinuxHost", "Messages",
                "Ports",
                "Routing",
                "ServiceKit", "Serving", "TCPTransport", "TensorFormats", "VersionFolders",
            ]),
        library(
            "ServiceProgram",
            [
                "AdminHTTP", "CairnCore", "CommandTable", "Exposition", "LinuxHost", "Ports",
                "SQLiteStores", "ServiceKit", "TCPTransport", "YAMLFiles",
            ]),
        library(
            "CairnCommands",
            [
                "CairnClient", "CairnCore", "Checksums", "CommandTable", "Evaluation", "HDF5Files",
                "Ingestion", "LinuxHost",
                "Messages", "Ports",
                "Rendering", "Reporting", "RouterTexts", "Routing", "ServiceKit", "Specs",
                "StatisticsTools", "Supervision",
                "TCPTransport", "TensorFormats", "Terminal", "VersionFolders", "YAMLFiles",
            ]),
        program("cairn", ["CairnCommands"]),
        program(
            "cairn-ingest",
            [
                "Exposition", "FileBlobs", "IngestService", "Messages", "Ports",
                "SQLiteStores", "ServiceKit", "ServiceProgram",
            ]),
        program(
            "cairn-evaluator",
            [
                "CairnCore", "EvaluatorService", "Exposition", "LinuxHost", "Messages", "Ports",
                "SQLiteStores", "ServiceKit", "ServiceProgram", "VersionFolders",
            ]),
        program(
            "cairn-deployment-controller",
            [
                "AdminHTTP", "CairnCore", "CommandTable", "ControllerService", "Deployment",
                "Exposition", "HTTPClient", "LinuxHost", "Messages", "Ports", "PrometheusQueries",
                "SQLiteStores", "ServiceKit", "ServiceProgram", "Specs", "YAMLFiles",
            ]),
        program("cairn-sim", ["CairnCore", "CommandTable", "Simulation"]),
        program("cairn-dev", []),
        program(
            "cairn-agent",
            [
                "AdminHTTP", "AgentService", "CairnCore", "CommandTable", "Exposition",
                "HAProxyRouter", "HTTPClient", "LinuxHost", "NGINXRouter", "Ports", "ServiceKit",
                "TCPTransport", "VersionFolders",
            ]),
        program(
            "cairn-demo",
            [
                "CairnClient", "CairnCore", "CommandTable", "Digits", "LinuxHost", "Messages",
                "Plotting", "Ports",
                "Routing", "TCPTransport", "VersionFolders",
            ]),
        program(
            "cairn-bench",
            [
                "CMetrics", "CairnClient", "CairnCore", "Deployment", "Evaluation", "LinuxHost",
                "Messages", "Metrics", "Plotting", "Ports", "Simulation", "Statistics",
                "TCPTransport", "TensorCodec",
            ]),

        // Tests.
        library("CairnTestKit", ["CairnCore"]),
        library(
            "ServingTestKit", ["CairnCore", "Ingestion", "Messages", "Ports", "ServiceKit"]),
        tests(of: "CKernels", ["CairnCore"]),
        tests(of: "CairnCore"),
        tests(of: "CommandTable", ["CairnTestKit"], exclude: ["Golden"]),
        tests(of: "Rendering", ["CairnCore", "CairnTestKit", "Messages"], exclude: ["Golden"]),
        tests(of: "Exposition"),
        tests(of: "Supervision", ["CairnCore", "CairnTestKit"], exclude: ["Golden"]),
        tests(of: "LinuxHost", ["CairnCore", "CairnTestKit", "Ports"]),
        tests(of: "Terminal", ["Rendering"]),
        tests(of: "AdminHTTP"),
        tests(of: "HTTPClient", ["AdminHTTP", "Ports"]),
        tests(of: "Checksums"),
        tests(
            of: "PrometheusQueries", ["CairnCore", "CairnTestKit", "Ports"],
            exclude: ["query-responses.json"]),
        tests(
            of: "ServiceProgram",
            ["CairnCore", "CairnTestKit", "CommandTable", "YAMLFiles", "cairn-agent"],
            exclude: ["Golden"]),
        tests(
            of: "CairnCommands",
            [
                "CLinux", "CairnCore", "CairnTestKit", "CommandTable", "LinuxHost", "Messages",
                "Ports", "TCPTransport", "Terminal", "cairn",
            ],
            exclude: ["Golden"]),
        tests(of: "Messages", ["CairnCore"]),
        tests(of: "Ports", ["CairnCore", "Evaluation", "Messages", "Statistics"]),
        tests(of: "FileBlobs", ["CairnCore", "CairnTestKit", "Ports", "TensorCodec"]),
        tests(of: "Compression", ["CZlib", "CairnCore", "CairnTestKit"]),
        tests(of: "TensorCodec", ["CairnCore"], settings: computing),
        tests(of: "TensorFormats", ["CairnCore", "CairnTestKit"], exclude: ["Fixtures"]),
        tests(
            of: "HDF5Files", ["CairnCore", "CairnTestKit", "Ports", "TensorFormats"],
            exclude: ["Golden"]),
        tests(of: "ServiceKit", ["CairnCore", "Messages", "Ports"]),
        tests(
            of: "VersionFolders",
            ["CairnCore", "HDF5Files", "Ingestion", "Messages", "Ports", "ServingTestKit"]),
        tests(of: "Routing", ["CairnCore", "Messages"]),
        tests(
            of: "Serving",
            ["CairnCore", "Messages", "Ports", "Routing", "ServiceKit", "ServingTestKit"]),
        tests(
            of: "AgentService",
            [
                "CairnCore", "LinuxHost", "Messages", "Ports", "Routing", "ServiceKit", "Serving",
                "ServingTestKit", "TCPTransport", "VersionFolders", "cairn-agent",
            ], exclude: ["RouterStories", "Stories"]),
        .testTarget(
            name: "NeighbourTests",
            dependencies: [
                "AdminHTTP", "CairnCore", "CairnTestKit", "ControllerService", "Deployment",
                "HTTPClient", "LinuxHost", "Messages", "Ports", "PrometheusQueries", "RouterTexts",
                "Routing", "ServingTestKit", "TCPTransport", "cairn-agent",
                "cairn-deployment-controller",
            ], swiftSettings: swift),
        tests(
            of: "CairnClient",
            [
                "CairnCore", "CairnTestKit", "FileBlobs", "HDF5Files", "IngestService",
                "Ingestion", "Messages", "Ports", "Routing", "SQLiteStores", "ServiceKit",
                "ServingTestKit", "TCPTransport", "VersionFolders",
            ]),
        tests(
            of: "SQLiteStores",
            [
                "CairnCore", "CairnTestKit", "Deployment", "Evaluation", "Ingestion", "Messages",
                "Ports",
            ]),
        tests(
            of: "IngestService",
            [
                "CairnCore", "CairnTestKit", "FileBlobs", "Ingestion", "Messages", "Ports",
                "SQLiteStores",
            ]),
        tests(of: "Ingestion", ["CairnTestKit"]),
        tests(of: "Digits", ["CairnCore", "CairnTestKit"]),
        .testTarget(
            name: "CrashTests",
            dependencies: [
                "CairnClient", "CairnCore", "CairnTestKit", "Evaluation", "LinuxHost", "Messages",
                "Ports", "Routing", "SQLiteStores", "TCPTransport", "VersionFolders",
                "cairn-deployment-controller",
                "cairn-evaluator", "cairn-ingest",
            ], swiftSettings: swift),
        .testTarget(
            name: "DocumentTests",
            dependencies: [
                "CairnTestKit", "LinuxHost", "cairn", "cairn-agent", "cairn-deployment-controller",
                "cairn-evaluator", "cairn-ingest",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "InteropTests",
            dependencies: [
                "CairnTestKit", "LinuxHost", "cairn", "cairn-evaluator", "cairn-ingest",
            ],
            exclude: ["Scripts"], swiftSettings: swift),
        tests(of: "Plotting"),
        tests(of: "Reporting", ["CairnCore", "CairnTestKit", "Evaluation", "Messages", "Ports"]),
        tests(of: "StatisticsTools", ["CairnTestKit", "Statistics"]),
        tests(of: "cairn-dev"),
        tests(
            of: "Metrics", ["CMetrics", "CairnCore", "CairnTestKit", "Statistics"],
            settings: computing),
        tests(of: "Statistics", ["CMetrics", "CairnTestKit"], settings: computing),
        tests(of: "Framing", ["CairnTestKit"]),
        tests(
            of: "TCPTransport",
            ["CairnCore", "CairnTestKit", "Framing", "Messages", "Ports", "CLinux"]),
        tests(
            of: "EvaluatorService",
            [
                "CairnCore", "CairnTestKit", "Evaluation", "LinuxHost", "Messages", "Ports",
                "SQLiteStores", "Statistics",
            ]),
        tests(
            of: "ControllerService",
            ["CairnCore", "CairnTestKit", "Deployment", "Messages", "Ports", "SQLiteStores"]),
        tests(of: "Simulation", ["CairnTestKit", "Statistics"], exclude: ["seeds.txt"]),
        tests(
            of: "Evaluation", ["CZlib", "CairnCore", "CairnTestKit", "Compression", "Messages"],
            settings: computing),
        tests(
            of: "Deployment", ["CairnCore", "CairnTestKit"], exclude: ["OldLogs", "Transcripts"]),
        tests(of: "YAMLFiles", ["CairnCore"]),
        tests(
            of: "Specs",
            ["CairnCore", "CairnTestKit", "Evaluation", "Messages", "Ports", "YAMLFiles"]),
    ]
)

// The fuzzers' main comes with `--sanitize=fuzzer`: scripts/fuzz.sh asks for them.
if Context.environment["CAIRN_FUZZ"] == "1" {
    let fuzzers: [(String, [Target.Dependency])] = [
        ("framing", ["CairnCore", "CKernels", "Framing"]), ("messages", ["Messages"]),
        ("formats", ["CairnCore", "TensorFormats"]), ("predictions", ["Evaluation"]),
        ("codec", ["CairnCore", "TensorCodec"]),
    ]
    for (name, dependencies) in fuzzers {
        package.targets.append(
            .executableTarget(
                name: "cairn-fuzz-" + name, dependencies: dependencies,
                path: "Sources/cairn-fuzz/" + name,
                swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
    }
}

// `CAIRN_ONLY=MetricsTests,StatisticsTests swift test` builds these targets and what they need, and
// nothing else: for work on one floor.
if let only = Context.environment["CAIRN_ONLY"] {
    var kept: Set<String> = []
    var wanted = only.split(separator: ",").map(String.init)
    while let name = wanted.popLast() {
        guard kept.insert(name).inserted else { continue }
        for case .byNameItem(let name, _) in package.targets.first(where: { $0.name == name })?
            .dependencies ?? []
        {
            wanted.append(name)
        }
    }
    package.targets.removeAll { !kept.contains($0.name) }
}
