package io.kcp.upstream.spi;

import java.util.Map;

public record PodRollup(
    int total,
    int ready,
    int restarts,
    Map<String, Integer> byPhase,
    Map<String, Integer> reasons) {}
