/**
 * Plain HTTP/1.1 in front of a server, in-memory or real: each request is handed to an {@link
 * io.kcp.upstream.testkit.http.HttpBackend}. Not for users of the testkit.
 */
@NullMarked
package io.kcp.upstream.testkit.http;

import org.jspecify.annotations.NullMarked;
