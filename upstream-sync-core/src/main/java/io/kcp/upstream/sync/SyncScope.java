package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.ConflictHistory;
import io.kcp.upstream.conflict.ConflictResolver;
import io.kcp.upstream.discovery.NamespaceLabels;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.transform.TargetKey;
import io.kcp.upstream.transform.Transformation;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What a reconciler works with for one generation of its SyncTarget's spec.
 *
 * @param namespaceLabels of the physical cluster
 * @param deletionsMayBegin false until each key known at the start was looked at once: how many
 *     copies are to go is not known before
 */
public record SyncScope(
    TargetKey targetKey,
    FieldManagers managers,
    Clusters clusters,
    Mirrors mirrors,
    Selection selection,
    NamespaceLabels namespaceLabels,
    Transformation transformation,
    ConflictResolver conflicts,
    ConflictHistory history,
    Additions additions,
    BooleanSupplier deletionsMayBegin,
    SyncMemory memory,
    Clock clock) {

  /** The same decisions over another memory. */
  SyncScope with(SyncMemory other, ConflictHistory found) {
    return new SyncScope(
        targetKey,
        managers,
        clusters,
        mirrors,
        selection,
        namespaceLabels,
        transformation,
        conflicts,
        found,
        additions,
        () -> true,
        other,
        clock);
  }
}
