/**
 * A real kube-apiserver with its etcd as the backend of the HTTP layer. Not for users of the
 * testkit, who start from {@link io.kcp.upstream.testkit.RealApiServer}.
 */
@NullMarked
package io.kcp.upstream.testkit.real;

import org.jspecify.annotations.NullMarked;
