package io.kcp.upstream.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter of type {@link TestCluster} its server, in a class with {@link ApiServerTest};
 * for a whole in-memory server the type may be {@link InMemoryApiServer}, too. Within one test the
 * same value means the same server. A server of which a workspace is asked for anywhere in the test
 * class serves as kcp does.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Cluster {
  /** The test's name for the server. */
  String value();

  /** The path of a workspace of it, as {@code root:shop}, made if it is not there; "" for none. */
  String workspace() default "";
}
