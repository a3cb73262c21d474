// libcurl with its variadic calls made plain, since Swift cannot make those.
#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

typedef size_t (*cairn_curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode cairn_curl_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode cairn_curl_text(CURL *easy, CURLoption option, const char *text) {
    return curl_easy_setopt(easy, option, text);
}

static inline CURLcode cairn_curl_pointer(CURL *easy, CURLoption option, void *pointer) {
    return curl_easy_setopt(easy, option, pointer);
}

// libcurl keeps a copy of the bytes.
static inline CURLcode cairn_curl_body(CURL *easy, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

static inline CURLcode cairn_curl_sinks(
    CURL *easy, cairn_curl_sink body, cairn_curl_sink header, void *context) {
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
    return curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline long cairn_curl_status(CURL *easy) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

// The next transfer that has ended, NULL when there is none; `code` says how.
static inline CURL *cairn_curl_ended(CURLM *multi, CURLcode *code) {
    int rest;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &rest));) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

static inline CURLMcode cairn_curl_connections(CURLM *multi, long per_host, long in_all) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, per_host);
    return code == CURLM_OK ? curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, in_all)
                            : code;
}
