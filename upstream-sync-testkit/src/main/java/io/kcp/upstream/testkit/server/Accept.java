package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The form that the client wants its answer in.
 *
 * @param as "" for the object itself, {@code Table}, {@code PartialObjectMetadata}, ...
 * @param version of {@code as}, such as {@code v1}
 */
record Accept(boolean yaml, String as, String group, String version) {
  private static final String KNOWN =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";
  private static final Accept JSON = new Accept(false, "", "", "");

  /** One clause of the header. */
  private record Clause(String type, Map<String, String> parameters, double quality) {}

  /** Whether a clause is one that the asked resource can serve. */
  interface Offer {
    boolean has(Accept candidate);
  }

  /** What the answer says it is: discovery alone names its form. */
  String contentType() {
    String type = yaml ? "application/yaml" : "application/json";
    return as.endsWith("DiscoveryList")
        ? "%s;g=%s;v=%s;as=%s".formatted(type, group, version, as)
        : type;
  }

  /** The best that the client takes and {@code offer} has. */
  static Accept of(String header, Offer offer) {
    if (header.isBlank()) {
      return JSON;
    }
    boolean anyType = false;
    for (Clause clause : clauses(header)) {
      boolean json = List.of("*/*", "application/*", "application/json").contains(clause.type());
      if (json || clause.type().equals("application/yaml")) {
        anyType = true;
        Map<String, String> parameters = clause.parameters();
        Accept candidate =
            new Accept(
                !json,
                parameters.getOrDefault("as", ""),
                parameters.getOrDefault("g", ""),
                parameters.getOrDefault("v", ""));
        if (candidate.as().isEmpty()) {
          return new Accept(!json, "", "", "");
        }
        if (offer.has(candidate)) {
          return candidate;
        }
      }
    }
    throw anyType
        ? ApiException.notAcceptable("only the following media types are accepted: " + KNOWN, false)
        : ApiException.notAcceptable(
            "406: Not Acceptable\n\nAvailable representations: " + KNOWN, true);
  }

  private static List<Clause> clauses(String header) {
    List<Clause> clauses = new ArrayList<>();
    for (String text : header.split(",", -1)) {
      String[] parts = text.strip().split(";", -1);
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals > 0) {
          parameters.put(
              parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
        }
      }
      clauses.add(
          new Clause(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality(parameters)));
    }
    clauses.sort(Comparator.comparingDouble(clause -> -clause.quality()));
    return clauses;
  }

  private static double quality(Map<String, String> parameters) {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 0; // nobody asks for it in earnest
    }
  }
}
