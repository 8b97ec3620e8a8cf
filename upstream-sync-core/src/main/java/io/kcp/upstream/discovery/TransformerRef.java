package io.kcp.upstream.discovery;

import java.util.Map;

/** A transformer that {@code spec.upstreamSync.transformers} names, and what is handed to it. */
public record TransformerRef(String name, Map<String, String> parameters) {
  public TransformerRef {
    parameters = Map.copyOf(parameters);
  }
}
