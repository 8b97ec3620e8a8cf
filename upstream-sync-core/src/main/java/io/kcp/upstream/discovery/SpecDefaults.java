package io.kcp.upstream.discovery;

import java.util.List;

/**
 * What {@code spec.upstreamSync} means where it says nothing. The CRD fills in the same values on a
 * server; a test compares the two.
 */
final class SpecDefaults {
  static final List<String> INCLUDED_NAMESPACES = List.of("*");
  static final List<String> EXCLUDED_NAMESPACES = List.of("kube-*");
  static final String NAMESPACE_MAPPING = "Same";
  static final String NAMESPACE_CREATION = "IfMissing";
  static final String SCHEMA_IMPORT = "Never";
  static final String ADOPTION_POLICY = "Never";
  static final String STRATEGY = "three-way-merge";
  static final String OBJECT_OVERRIDES = "Physical";
  static final List<String> RULE_NAMES = List.of("*");
  static final String RULE_VALUES = "Recorded";
  static final int HISTORY_LIMIT = 100;
  static final String DELETION_POLICY = "Delete";
  static final int MAX_COUNT = 50;
  static final int MAX_PERCENT = 10;
  static final int WINDOW_SECONDS = 600;

  private SpecDefaults() {}
}
