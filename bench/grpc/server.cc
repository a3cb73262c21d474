// A gRPC server on one completion queue and one thread, doing the work of `cairn-bench rpc-serve`.
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "bench.grpc.pb.h"

using bench::Bench;
using bench::Chunk;
using bench::KeyValue;
using bench::NamedNumber;

struct Call {
    virtual ~Call() = default;
    virtual void proceed(bool ok) = 0;
};

struct EchoCall : Call {
    Bench::AsyncService *service;
    grpc::ServerCompletionQueue *queue;
    grpc::ServerContext context;
    KeyValue request, reply;
    grpc::ServerAsyncResponseWriter<KeyValue> writer{&context};
    bool answered = false;

    EchoCall(Bench::AsyncService *s, grpc::ServerCompletionQueue *q) : service(s), queue(q) {
        service->RequestEcho(&context, &request, &writer, queue, queue, this);
    }

    void proceed(bool ok) override {
        if (answered || !ok) return delete this;
        new EchoCall(service, queue);
        reply.set_key(request.key());
        reply.set_value(request.value());
        answered = true;
        writer.Finish(reply, grpc::Status::OK, this);
    }
};

struct UploadCall : Call {
    Bench::AsyncService *service;
    grpc::ServerCompletionQueue *queue;
    grpc::ServerContext context;
    Chunk chunk;
    NamedNumber reply;
    grpc::ServerAsyncReader<NamedNumber, Chunk> reader{&context};
    enum { opening, reading, finishing } state = opening;
    double byte_count = 0;

    UploadCall(Bench::AsyncService *s, grpc::ServerCompletionQueue *q) : service(s), queue(q) {
        service->RequestUpload(&context, &reader, queue, queue, this);
    }

    void proceed(bool ok) override {
        if (state == finishing || (state == opening && !ok)) return delete this;
        if (state == opening) {
            new UploadCall(service, queue);
            state = reading;
        } else if (ok) {
            byte_count += static_cast<double>(chunk.body().size());
        } else {
            state = finishing;
            reply.set_name("bytes");
            reply.set_value(byte_count);
            return reader.Finish(reply, grpc::Status::OK, this);
        }
        reader.Read(&chunk, this);
    }
};

int main(int argc, char **argv) {
    if (argc != 2) return fprintf(stderr, "server ADDRESS\n"), 2;
    signal(SIGPIPE, SIG_IGN);
    Bench::AsyncService service;
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(8 << 20);
    int port = 0;
    builder.AddListeningPort(argv[1], grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    auto queue = builder.AddCompletionQueue();
    auto server = builder.BuildAndStart();
    if (!server) return fprintf(stderr, "cannot listen on %s\n", argv[1]), 1;
    printf("listening on 127.0.0.1:%d\n", port);
    fflush(stdout);
    for (int i = 0; i < 128; i++) new EchoCall(&service, queue.get());
    new UploadCall(&service, queue.get());
    void *tag;
    bool ok;
    while (queue->Next(&tag, &ok)) static_cast<Call *>(tag)->proceed(ok);
}
