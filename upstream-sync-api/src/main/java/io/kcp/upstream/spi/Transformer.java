package io.kcp.upstream.spi;

/**
 * Changes objects on their way up. Pure, thread-safe and quick: the same object and context must
 * give the same result, or writes never end. It can't drop an object, nor change apiVersion, kind,
 * namespace, name, or the library's own labels and annotations.
 */
public interface Transformer {
  /**
   * Names the transformer, as SyncTargets refer to it.
   *
   * @return {@code [domain/]dns-label}, such as {@code acme.example.com/public-images}
   */
  String name();

  /**
   * Tells whether the transformer acts on a type.
   *
   * @param resource the type
   * @return whether {@link #transform} is called for its objects; true by default
   */
  default boolean handles(GroupResource resource) {
    return true;
  }

  /**
   * Changes one object. Called on a worker; one that throws, or breaks a rule above, fails that
   * object only, under the transformer's name.
   *
   * @param object cleaned by the built-in rules, with its status
   * @param context which object, for which SyncTarget, with which parameters
   * @return the changed object, or the same one; never null
   */
  ObjectTree transform(ObjectTree object, TransformContext context);
}
