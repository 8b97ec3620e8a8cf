/**
 * An API server in memory: storage, REST, watches, discovery, CRDs, workspaces. {@link
 * io.kcp.upstream.testkit.server.MemoryBackend} is the way in. Not for users of the testkit.
 *
 * <p>A request goes from {@code MemoryBackend} (which workspace) by {@code ApiRouter} (which
 * resource, which verb) to one handler per verb. Handlers read and write {@code Store} and answer
 * with a {@code Reply}; what is wrong is thrown as {@code ApiException}. Objects are JSON trees of
 * JDK maps and lists that nobody changes once they are stored.
 */
@NullMarked
package io.kcp.upstream.testkit.server;

import org.jspecify.annotations.NullMarked;
