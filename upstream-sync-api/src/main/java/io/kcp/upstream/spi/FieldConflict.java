package io.kcp.upstream.spi;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A field that both sides may have changed, as a strategy sees it. Immutable. */
public interface FieldConflict {
  /**
   * Names the physical object.
   *
   * @return the key
   */
  ObjectKey key();

  /**
   * Names the field.
   *
   * @return its path
   */
  FieldPath path();

  /**
   * Tells who owns the field upstream.
   *
   * @return the field managers, ours not among them
   */
  Set<String> otherManagers();

  /**
   * Gives what the SyncTarget hands to the strategy.
   *
   * @return the parameters of the rule that chose it, else those beside its name
   */
  Map<String, String> parameters();

  /**
   * Tells whether the values must not be shown to anybody.
   *
   * @return true for a Secret and for fields under {@code values: Redacted}
   */
  boolean sensitive();

  /**
   * Gives the desired value.
   *
   * @return a JSON value; null when the field is absent
   */
  @Nullable Object physicalValue();

  /**
   * Gives the value found upstream.
   *
   * @return a JSON value; null when the field is absent
   */
  @Nullable Object upstreamValue();

  /**
   * Tells what the physical side did since our last apply.
   *
   * @return the change
   */
  Change physicalChange();

  /**
   * Tells what the workspace's side did since our last apply.
   *
   * @return the change
   */
  Change upstreamChange();

  /**
   * Gives the desired form of the physical object.
   *
   * @return the whole object
   */
  ObjectTree physical();

  /**
   * Gives the object as it is upstream.
   *
   * @return the whole object
   */
  ObjectTree upstream();

  /**
   * Gives all fields asked about in this pass, so that coupled ones can be decided alike.
   *
   * @return the fields, this one among them
   */
  FieldSet inConflict();
}
