package io.kcp.upstream.spi;

import java.util.Optional;

/**
 * Judges the health of resources that the built-in rules do not know, or judge otherwise. Asked in
 * the order given by the host, then by name; the first answer wins. Thread-safe.
 */
public interface HealthCheck {
  /**
   * Names the check, as reports refer to it.
   *
   * @return {@code [domain/]dns-label}
   */
  String name();

  /**
   * Tells whether the check is to be asked about a type.
   *
   * @param resource the type
   * @return whether {@link #assess} is called for its objects
   */
  boolean handles(GroupResource resource);

  /**
   * Judges one object. Called often; must not block. Late answers are not waited for (one second,
   * unless the host says otherwise), and count as a fault of the check.
   *
   * @param object the physical object, with its status
   * @param context the time and what is known of its pods
   * @return the verdict, or empty to leave it to the next check
   */
  Optional<HealthVerdict> assess(ObjectTree object, HealthContext context);
}
