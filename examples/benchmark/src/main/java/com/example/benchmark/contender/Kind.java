package com.example.benchmark.contender;

/**
 * One type of objects to pull.
 *
 * @param group "" for the core group
 * @param resource its plural name, as in paths
 * @param model name of the class of fabric8's model that stands for it; "" where there is none
 */
public record Kind(String group, String version, String resource, String kind, String model) {
  /** Where all objects of a benchmark lie. */
  public static final String NAMESPACE = "bench";

  /** {@code apps/v1}, or {@code v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The path of its collection in the namespace. */
  public String collection() {
    String root = group.isEmpty() ? "/api/" : "/apis/";
    return root + apiVersion() + "/namespaces/" + NAMESPACE + "/" + resource;
  }
}
