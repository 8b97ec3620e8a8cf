package io.kcp.upstream;

import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.sync.Reconciler;
import io.kcp.upstream.sync.SyncScope;
import io.kcp.upstream.transform.TransformSettings;
import io.kcp.upstream.transform.Transformation;

/**
 * What a syncer works by from one refresh to the next.
 *
 * @param generation of the spec that {@code selection} was read from
 * @param atRest whether everything is paused
 */
record InForce(
    long generation,
    Selection selection,
    TypeFinder.Found found,
    boolean atRest,
    TransformSettings transforms,
    Transformation transformation,
    SyncScope scope,
    Reconciler reconciler) {}
