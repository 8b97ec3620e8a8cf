package io.kcp.upstream.discovery;

/** Finds the types to sync from what is selected and what both sides serve. */
public final class TypeSets {
  private TypeSets() {}

  /**
   * The types that {@code selection} selects: those that both sides serve in a common version, the
   * physical side's preferred one if possible, and the others with the reason.
   */
  public static TypeSet compute(
      Selection selection, Served physical, Served upstream, SchemaSource schemas)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }
}
