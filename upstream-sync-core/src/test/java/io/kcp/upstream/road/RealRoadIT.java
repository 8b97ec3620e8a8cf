package io.kcp.upstream.road;

import io.kcp.upstream.testkit.ApiServerTest;

/** The main job on real API servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealRoadIT extends RoadContract {}
