package io.kcp.upstream.testkit.server;

import java.util.List;

/**
 * Objects in the order of their keys, as they were at one version.
 *
 * @param version the server's version then
 */
record Listing(long version, List<Stored> items) {}
