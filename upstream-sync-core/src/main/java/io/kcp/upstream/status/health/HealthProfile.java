package io.kcp.upstream.status.health;

/**
 * Whose rules judge. Three well-known tools contradict each other on the same object; {@link
 * #UNION} takes the answer that helps an operator most, the others say what that tool would say.
 */
public enum HealthProfile {
  /** Our own choice for every kind; the default. */
  UNION,
  /** As the library kstatus, which kubectl plug-ins and Flux wait with. */
  KSTATUS,
  /** As Argo CD ships its checks. */
  GITOPS,
  /**
   * As Karmada, which only tells healthy from not healthy: the latter is {@code PROGRESSING} here,
   * since nothing says that it failed.
   */
  KARMADA
}
