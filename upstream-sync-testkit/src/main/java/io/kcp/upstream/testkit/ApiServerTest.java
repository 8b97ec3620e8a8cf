package io.kcp.upstream.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class whose test methods (and {@code @BeforeEach}, {@code @AfterEach} and constructors)
 * take API servers as parameters, see {@link Cluster}.
 *
 * <p>After each test these are checked, and fail it: a watch that is still open, a write by a
 * {@link TestCluster#readOnlyClient()}, a write to {@code /status} that changed a spec, a fault
 * that never fired.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ApiServerExtension.class)
public @interface ApiServerTest {
  /** What serves: by default an in-memory server. */
  Backend backend() default Backend.IN_MEMORY;

  /** What serves. */
  enum Backend {
    /** {@link InMemoryApiServer}s, empty for each test method. */
    IN_MEMORY,
    /**
     * {@link RealApiServer}s, started once for a test class; what one test leaves in them the next
     * one finds. There are no workspaces: each pair of value and workspace is a server of its own.
     * Skipped when {@code KUBEBUILDER_ASSETS} is not set.
     */
    REAL
  }
}
