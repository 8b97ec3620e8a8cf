package io.kcp.upstream.status;

/**
 * An object of the workspace that an Event is about.
 *
 * @param namespace "" for a cluster-scoped one
 * @param uid tells it from one that had its name before
 */
public record Subject(String apiVersion, String kind, String namespace, String name, String uid) {}
