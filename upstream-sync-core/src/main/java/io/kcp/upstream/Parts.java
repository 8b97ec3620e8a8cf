package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the control of a syncer moves.
 *
 * @param target the SyncTarget as it is now; empty when it was deleted
 * @param survey told before another spec is in force, and when all keys are queued for it
 * @param requeue has every known key looked at again
 * @param onRenewed told that another workspace is behind the path
 * @param onEnd told of what no waiting helps against
 */
record Parts(
    Supplier<Optional<ObjectTree>> target,
    WorkspaceLook workspace,
    PhysicalIdentity identity,
    Rewinds rewinds,
    TypeFinder types,
    TypeMirrors mirrors,
    Scopes scopes,
    TargetFinalizer finalizer,
    Departure departure,
    Survey survey,
    Runnable requeue,
    Runnable onRenewed,
    Consumer<SyncException> onEnd) {}
