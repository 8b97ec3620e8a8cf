package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the control of a syncer moves.
 *
 * @param target the SyncTarget as it is now; empty when it was deleted
 * @param requeue has every known key looked at again
 * @param onEnd told of what no waiting helps against
 */
record Parts(
    Supplier<Optional<ObjectTree>> target,
    PhysicalIdentity identity,
    TypeFinder types,
    TypeMirrors mirrors,
    Scopes scopes,
    TargetFinalizer finalizer,
    Departure departure,
    Runnable requeue,
    Consumer<SyncException> onEnd) {}
