// A gRPC client on one completion queue and one thread, doing the work of `cairn-bench rpc-call`
// and `rpc-bulk`.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "bench.grpc.pb.h"

using bench::Bench;
using bench::Chunk;
using bench::KeyValue;
using bench::NamedNumber;

static int64_t now(clockid_t clock) {
    timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static std::unique_ptr<Bench::Stub> connect(const std::string &address) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // A connection for each channel.
    arguments.SetMaxReceiveMessageSize(8 << 20);
    return Bench::NewStub(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

struct Caller {
    Bench::Stub *stub;
    grpc::CompletionQueue *queue;
    long left;
    KeyValue request, reply;
    grpc::Status status;
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::ClientAsyncResponseReader<KeyValue>> reader;
    int64_t start = 0;

    void call() {
        context = std::make_unique<grpc::ClientContext>();
        context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
        request.set_key("chat-7b/v1.2.0-x");
        request.set_value("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        start = now(CLOCK_MONOTONIC);
        reader = stub->AsyncEcho(context.get(), request, queue);
        reader->Finish(&reply, &status, this);
    }
};

static std::vector<int64_t> run(
    std::vector<std::unique_ptr<Bench::Stub>> &stubs, int depth, long calls_each) {
    grpc::CompletionQueue queue;
    std::vector<std::unique_ptr<Caller>> callers;
    for (auto &stub : stubs)
        for (int i = 0; i < depth; i++) {
            auto caller = std::make_unique<Caller>();
            caller->stub = stub.get();
            caller->queue = &queue;
            caller->left = calls_each;
            callers.push_back(std::move(caller));
        }
    std::vector<int64_t> times;
    times.reserve(callers.size() * static_cast<size_t>(calls_each));
    for (auto &caller : callers) caller->call();
    size_t running = callers.size();
    void *tag;
    bool ok;
    while (running > 0 && queue.Next(&tag, &ok)) {
        auto caller = static_cast<Caller *>(tag);
        times.push_back(now(CLOCK_MONOTONIC) - caller->start);
        if (!caller->status.ok() || caller->reply.value() != caller->request.value()) {
            fprintf(stderr, "%s\n", caller->status.error_message().c_str());
            exit(1);
        }
        if (--caller->left > 0) caller->call(); else running--;
    }
    queue.Shutdown();
    while (queue.Next(&tag, &ok)) {}
    return times;
}

static void call(const std::string &address, int depth, int connections, long calls) {
    std::vector<std::unique_ptr<Bench::Stub>> stubs;
    for (int i = 0; i < connections; i++) stubs.push_back(connect(address));
    long callers = static_cast<long>(depth) * connections;
    run(stubs, depth, std::max(1l, calls / 10 / callers));
    int64_t start = now(CLOCK_MONOTONIC), cpu_start = now(CLOCK_PROCESS_CPUTIME_ID);
    auto times = run(stubs, depth, calls / callers);
    int64_t end = now(CLOCK_MONOTONIC), cpu_end = now(CLOCK_PROCESS_CPUTIME_ID);
    std::sort(times.begin(), times.end());
    double count = static_cast<double>(times.size());
    printf("calls_per_second=%f\n", count / static_cast<double>(end - start) * 1e9);
    printf("p50_us=%f\n", static_cast<double>(times[times.size() / 2]) / 1000);
    printf("p99_us=%f\n", static_cast<double>(times[times.size() * 99 / 100]) / 1000);
    printf("client_cpu_us_per_call=%f\n", static_cast<double>(cpu_end - cpu_start) / 1000 / count);
}

static double upload(Bench::Stub &stub, long count, const std::string &body) {
    grpc::ClientContext context;
    NamedNumber reply;
    auto writer = stub.Upload(&context, &reply);
    Chunk chunk;
    chunk.set_name("chunk");
    chunk.set_body(body);
    for (long i = 0; i < count; i++) {
        chunk.set_number(static_cast<double>(i));
        if (!writer->Write(chunk)) exit(1);
    }
    writer->WritesDone();
    if (!writer->Finish().ok()) exit(1);
    return reply.value();
}

static void bulk(const std::string &address, long count, size_t byte_count) {
    auto stub = connect(address);
    std::string body(byte_count, '\7');
    upload(*stub, count / 10 + 1, body);
    int64_t start = now(CLOCK_MONOTONIC);
    double sum = upload(*stub, count, body);
    double seconds = static_cast<double>(now(CLOCK_MONOTONIC) - start) / 1e9;
    if (sum != static_cast<double>(count) * static_cast<double>(byte_count)) exit(1);
    printf("gigabytes_per_second=%f\n", sum / seconds / 1e9);
}

int main(int argc, char **argv) {
    if (argc == 6 && !strcmp(argv[1], "call"))
        call(argv[2], atoi(argv[3]), atoi(argv[4]), atol(argv[5]));
    else if (argc == 5 && !strcmp(argv[1], "bulk"))
        bulk(argv[2], atol(argv[3]), static_cast<size_t>(atol(argv[4])));
    else
        return fprintf(stderr, "client call ADDRESS DEPTH CONNECTIONS CALLS\n"
                               "client bulk ADDRESS COUNT BYTES\n"), 2;
}
