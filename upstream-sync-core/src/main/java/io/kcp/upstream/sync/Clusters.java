package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.util.Optional;

/**
 * The two sides.
 *
 * @param physical is only read
 * @param physicalUid the UID of the physical cluster's kube-system; where it is given, nothing is
 *     deleted while another cluster answers
 */
public record Clusters(
    ClusterEndpoint physical,
    DiscoveryClient physicalDiscovery,
    Optional<String> physicalUid,
    ClusterEndpoint workspace,
    DiscoveryClient workspaceDiscovery) {}
