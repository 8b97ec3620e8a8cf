package io.kcp.upstream.discovery;

/**
 * Why one object is not pulled up.
 *
 * @param reason CamelCase, such as {@code NamespaceExcluded}
 * @param message names the setting, and no value of the object
 */
public record NotSelected(String reason, String message) {
  static final String NAMESPACE_UNKNOWN = "NamespaceUnknown";

  /**
   * Whether the object was judged. False while the labels of its namespace are not known: it is
   * neither selected nor withdrawn.
   */
  public boolean isCertain() {
    return !reason.equals(NAMESPACE_UNKNOWN);
  }
}
