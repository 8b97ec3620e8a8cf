package io.kcp.upstream.testkit;

import org.junit.jupiter.api.extension.Extension;

/** Gives tests their clusters, and checks the clusters' invariants after each test. */
final class ApiServerExtension implements Extension {}
