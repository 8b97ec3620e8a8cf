package io.kcp.upstream.wire;

import java.time.Duration;

/**
 * What one cluster is asked at most.
 *
 * @param qps requests per second, in the long run
 * @param burst requests that may go at once after a pause
 * @param inFlight requests under way at the same time; watches do not count
 * @param pageSize objects per page of a list
 * @param request the longest time for one request, watches left out
 */
public record EndpointLimits(double qps, int burst, int inFlight, int pageSize, Duration request) {}
