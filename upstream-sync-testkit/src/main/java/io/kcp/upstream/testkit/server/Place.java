package io.kcp.upstream.testkit.server;

/** Where an object is stored. */
record Place(ResourceName resource, ObjectKey key) {}
