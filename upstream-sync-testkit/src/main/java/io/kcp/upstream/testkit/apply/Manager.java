package io.kcp.upstream.testkit.apply;

/**
 * Who writes.
 *
 * @param name the field manager
 * @param apiVersion the version written in, such as {@code apps/v1}
 * @param subresource "" for the main endpoint, else "status", "scale", ...
 */
public record Manager(String name, String apiVersion, String subresource) {}
