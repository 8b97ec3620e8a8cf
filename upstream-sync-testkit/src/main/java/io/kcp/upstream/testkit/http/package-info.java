/**
 * The HTTP layer in front of a server, in-memory or real: it journals, misbehaves on command, and
 * hands each request to an {@link io.kcp.upstream.testkit.http.HttpBackend}. Not for users of the
 * testkit.
 */
package io.kcp.upstream.testkit.http;
