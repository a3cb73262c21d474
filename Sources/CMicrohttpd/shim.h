// libmicrohttpd with its variadic calls made plain, since Swift cannot make those.
#pragma once
#include <microhttpd.h>
#include <sys/socket.h>

// Listens on `address` with one thread of its own; NULL and errno on failure.
static inline struct MHD_Daemon *cairn_mhd_start(
    const struct sockaddr *address, MHD_AccessHandlerCallback answer, void *context,
    MHD_RequestCompletedCallback completed, unsigned connection_count_max, unsigned timeout_s) {
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (address->sa_family == AF_INET6) flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, answer, context, MHD_OPTION_SOCK_ADDR, address,
        MHD_OPTION_CONNECTION_LIMIT, connection_count_max, MHD_OPTION_CONNECTION_TIMEOUT, timeout_s,
        MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)16384, MHD_OPTION_END);
}

static inline int cairn_mhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : -1;
}

static inline struct MHD_Response *cairn_mhd_response(const void *bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}
