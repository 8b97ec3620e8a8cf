package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One API surface under test: a whole server, or one workspace of it. The SyncTarget CRD is
 * installed in it from the start.
 *
 * <p>Faults and journal concern the clients under test. What a test itself does through {@link
 * #as}, {@link #find}, {@link #await} and {@link #awaitGone} goes past both, so that arranging and
 * checking still work while everything else fails.
 *
 * <p>Resources are written {@code deployments.apps} or {@code configmaps}; namespaces of
 * cluster-scoped objects are "". Safe for use by several threads.
 */
public interface TestCluster extends AutoCloseable {
  /**
   * A client of this surface with every right. The same instance at each call; it is shut down by
   * {@link #close()}. Its read timeout is 0, as watches need it, its connect timeout is finite.
   */
  ApiClient client();

  /**
   * Like {@link #client()}, but whatever is not a GET is refused with 403 and makes the test fail
   * at its end. The rule is the address's, so copies of this client obey it too.
   */
  ApiClient readOnlyClient();

  /** A kubeconfig (YAML) for {@link #uri()}, for kubectl and other clients. */
  String kubeconfig();

  /** The address of this surface, plain HTTP on a loopback port, without a slash at its end. */
  URI uri();

  /**
   * Who acts by hand under this field manager.
   *
   * @param fieldManager as {@code metadata.managedFields} will name it, 1 to 128 characters
   */
  Actor as(String fieldManager);

  /** The object as it is now, or empty when the object, or its resource, does not exist. */
  Optional<ObjectTree> find(String resource, String namespace, String name);

  /**
   * Waits, by a watch, until the object exists and {@code condition} holds for it.
   *
   * @return the object for which it first held
   * @throws AssertionError after 10 s; its message shows the object as last seen and the last
   *     requests of the journal
   */
  ObjectTree await(String resource, String namespace, String name, Predicate<ObjectTree> condition);

  /**
   * Waits, by a watch, until the object does not exist.
   *
   * @throws AssertionError after 10 s, as for {@link #await}
   */
  void awaitGone(String resource, String namespace, String name);

  /** What goes wrong on this surface; for a whole server, on all of its workspaces. */
  Faults faults();

  /** The requests to this surface; for a whole server, to all of its workspaces. */
  Journal journal();

  /**
   * Closes the clients and, if this is a whole server, the server with everything in it; a
   * workspace's data stays. Safe to call twice.
   */
  @Override
  void close();

  /**
   * Somebody who edits objects by hand. A refusal by the server is an {@link AssertionError} that
   * shows the server's message.
   */
  interface Actor {
    /**
     * Applies each document of a YAML stream (server-side apply, not forced), in order. An object
     * of a namespaced kind without a namespace goes to {@code default}; a {@code List} is taken
     * apart.
     */
    void apply(String yaml);

    /** Like {@link #apply}, and takes over the fields that others own. */
    void forceApply(String yaml);

    /**
     * Updates one field by read, change and PUT, again if somebody else wrote in between. A field
     * of the status is put to {@code /status} where the resource has that.
     *
     * @param path a field path, as {@code spec.containers[name="web"].image}; what is missing on
     *     the way is made
     * @param value a JSON value: a map, list, string, number or boolean
     */
    void set(String resource, String namespace, String name, String path, Object value);

    /** Deletes the object, in the background as kubectl does; it may live on for its finalizers. */
    void delete(String resource, String namespace, String name);
  }
}
