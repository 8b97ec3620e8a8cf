package com.example.benchmark.contender;

import java.util.List;

/**
 * What to pull from where to where.
 *
 * @param physical kubeconfig of the physical cluster
 * @param workspace kubeconfig of the workspace
 * @param kinds the types
 */
public record Order(String physical, String workspace, List<Kind> kinds) {}
