package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The class that fabric8's client wants for a custom type. */
@Group("bench.example.com")
@Version("v1")
@Kind("BenchPod")
@Plural("benchpods")
public final class BenchPod extends CustomResource<JsonNode, JsonNode> implements Namespaced {
  private static final long serialVersionUID = 1;
}
