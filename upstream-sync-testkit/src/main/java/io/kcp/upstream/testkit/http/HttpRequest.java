package io.kcp.upstream.testkit.http;

import java.util.Map;

/**
 * One request, its body read whole.
 *
 * @param method upper case: GET, POST, PUT, PATCH, DELETE
 * @param path decoded nowhere: as it stood in the request line, without the query
 * @param query as it stood in the request line, "" when there was none
 * @param headers by lower-case name; several of one name are joined by ", "
 * @param body empty when there was none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying each body would cost
public record HttpRequest(
    String method, String path, String query, Map<String, String> headers, byte[] body) {}
