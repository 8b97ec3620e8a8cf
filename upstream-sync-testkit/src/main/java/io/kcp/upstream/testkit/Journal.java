package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.GroupResource;
import java.util.List;

/**
 * The requests that clients sent, in the order in which they arrived. Bounded: the last 100,000
 * requests of a server are kept. Filters are cheap views that follow what comes later.
 */
public interface Journal {
  /** Only requests that can write: CREATE, UPDATE, PATCH, APPLY, DELETE; refused ones, too. */
  Journal writes();

  /**
   * Only requests of this verb and resource.
   *
   * @param resource {@code deployments.apps} (the resource itself), {@code deployments.apps/status}
   *     (a subresource of it), a path such as {@code /apis/apps/v1} for what is no resource, or
   *     {@code *} for any
   */
  Journal of(Verb verb, String resource);

  /** Only requests that arrived after {@link #mark()} returned this mark. */
  Journal since(long mark);

  /** The number of the last request that has arrived, of whatever kind; 0 before the first. */
  long mark();

  /** The requests so far, oldest first: a snapshot. */
  List<Request> requests();

  /**
   * One request. Nothing of its body or answer is kept.
   *
   * @param number 1 for the first request to the server
   * @param verb what was asked
   * @param resource the resource; for a path that is no resource, {@code paths}
   * @param namespace "" when cluster-scoped, or a list over all namespaces
   * @param name "" for a collection, and for a CREATE; for a path that is no resource, the path
   * @param subresource {@code status}, {@code scale}, ... or ""
   * @param manager the query's {@code fieldManager}, else the product in the User-Agent, else ""
   * @param dryRun whether nothing was to be stored
   * @param status the answer's HTTP status; 0 while there is none, and for good when the connection
   *     was reset instead
   */
  record Request(
      long number,
      Verb verb,
      GroupResource resource,
      String namespace,
      String name,
      String subresource,
      String manager,
      boolean dryRun,
      int status) {}
}
