package io.kcp.upstream.road;

import io.kcp.upstream.testkit.ApiServerTest;

/** The main job on in-memory servers. */
@ApiServerTest
class InMemoryRoadIT extends RoadContract {}
