package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes a copy that the workspace lacks, by POST: an apply would take a stranger's object over
 * without a word.
 */
final class Creation {
  private static final Duration LATER = Duration.ofSeconds(30);

  private final SyncScope scope;
  private final Writer writer;
  private final Namespaces namespaces;

  Creation(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.writer = writer;
    this.namespaces = new Namespaces(scope, writer);
  }

  /** What came of it: the copy as it is now, or an outcome, or neither: a copy is there already. */
  record Result(Optional<ObjectTree> made, Optional<Outcome> outcome) {
    private static final Result THERE = new Result(Optional.empty(), Optional.empty());

    boolean isThere() {
      return made.isEmpty() && outcome.isEmpty();
    }
  }

  Result run(Item item, ObjectTree body) throws InterruptedException {
    try {
      return made(item, body);
    } catch (RequestException e) {
      if (e.code() == 409) {
        return Result.THERE;
      }
      if (!lacksNamespace(e, item)) {
        throw e;
      }
    }
    if (!scope.selection().createsNamespaces()) {
      Finding finding =
          Finding.failed(
              "NamespaceMissing",
              "the workspace has no namespace %s, and namespaceCreation is Never"
                  .formatted(item.upstream().namespace()));
      return new Result(Optional.empty(), Optional.of(Outcome.retryAfter(finding, LATER)));
    }
    namespaces.make(item.upstream().namespace());
    return made(item, body);
  }

  private Result made(Item item, ObjectTree body) throws InterruptedException {
    String manager = scope.managers().main();
    ObjectTree created = writer.create(item.type().upstream(), body, manager);
    if (isAsApplied(item, body, created)) {
      return new Result(Optional.of(created), Optional.empty());
    }
    FieldSet ours = FieldSets.of(body, item.schema());
    try {
      ObjectTree owned =
          writer.patch(
              item.type().upstream(),
              created,
              ManagedFields.asApplied(created, manager, ours),
              manager);
      return new Result(Optional.of(owned), Optional.empty());
    } catch (RequestException e) {
      if (e.code() == 409 || e.code() == 422) {
        return Result.THERE; // somebody was quicker: it is met again as it is now
      }
      throw e;
    }
  }

  /**
   * Whether the entry that the POST left says what one of an apply would say, so that it can stay
   * until the first change: a request less for each object.
   */
  private boolean isAsApplied(Item item, ObjectTree body, ObjectTree created) {
    return OwnedFields.of(created, scope.managers().main(), item.schema())
        .map(own -> Canonical.ownedDigest(created, own.fields(), item.schema()))
        .filter(Canonical.digest(body, item.schema())::equals)
        .isPresent();
  }

  private static boolean lacksNamespace(RequestException e, Item item) {
    String namespace = item.upstream().namespace();
    return !namespace.isEmpty() && e.saysNotFound(namespace);
  }
}
