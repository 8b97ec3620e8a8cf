package io.kcp.upstream.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transformer} must keep: extend it in the transformer's tests. A sample's type
 * is guessed from its apiVersion and kind, as {@code deployments.apps}.
 */
public abstract class TransformerContract {
  private static final Map<String, String> OUR_LABELS =
      Map.of("state.workload.kcp.io/2gzO8uuQmIoZ2FE95zoOPKtrtGGXzzjAvtl6q5", "Upsync");
  private static final Map<String, String> OUR_ANNOTATIONS =
      Map.of("workload.kcp.io/rv", "42", "upstream.workload.kcp.io/sync", "enabled");

  /** For subclasses. */
  protected TransformerContract() {}

  /** A new instance of the transformer under test, equal in behaviour to any other. */
  protected abstract Transformer transformer();

  /** Objects of the kinds that the transformer is made for. */
  protected abstract Stream<ObjectTree> samples();

  /** What the SyncTarget hands to the transformer in these tests. Default: nothing. */
  protected Map<String, String> parameters() {
    return Map.of();
  }

  private TransformContext context(ObjectTree object) {
    return SampleContext.of(object, Map.copyOf(parameters()));
  }

  private ObjectTree transformed(Transformer transformer, ObjectTree object) {
    ObjectTree result = transformer.transform(object, context(object));
    assertNotNull(result, () -> "null for " + object + ": a transformer can't drop an object");
    return result;
  }

  private List<ObjectTree> objects() {
    return PluginRules.notEmpty(samples().toList());
  }

  /** SyncTargets can name it. */
  @Test
  public void hasAValidName() {
    PluginRules.checkName(transformer().name(), transformer().name());
  }

  /** It would not be called for them otherwise. */
  @Test
  public void handlesItsSamples() {
    Transformer transformer = transformer();
    for (ObjectTree object : objects()) {
      var resource = context(object).physical().resource();
      assertTrue(transformer.handles(resource), () -> "it does not handle " + resource);
    }
  }

  /** The same object and context, the same result, also by another instance. */
  @Test
  public void givesTheSameAgain() {
    Transformer transformer = transformer();
    for (ObjectTree object : objects()) {
      ObjectTree first = transformed(transformer, object);
      ObjectTree copy = ObjectTree.of(object.asMap());
      assertEquals(first.asMap(), transformed(transformer, copy).asMap(), "called again");
      assertEquals(first.asMap(), transformed(transformer(), object).asMap(), "another instance");
    }
  }

  /** Workers call one instance, many at a time. */
  @Test
  public void givesTheSameToManyThreads() {
    Transformer transformer = transformer();
    List<ObjectTree> objects = objects();
    PluginRules.checkThreads(
        () -> objects.stream().map(object -> transformed(transformer, object)).toList());
  }

  /** An object stays the one that it is. */
  @Test
  public void leavesTheObjectsIdentityAlone() {
    for (ObjectTree object : objects()) {
      ObjectTree result = transformed(transformer(), object);
      assertEquals(object.apiVersion(), result.apiVersion(), "apiVersion");
      assertEquals(object.kind(), result.kind(), "kind");
      assertEquals(object.namespace(), result.namespace(), "metadata.namespace");
      assertEquals(object.name(), result.name(), "metadata.name");
    }
  }

  /** What the library keeps on objects is not the transformer's. */
  @Test
  public void leavesTheLibrarysOwnKeysAlone() {
    for (ObjectTree object : objects()) {
      ObjectTree marked =
          with(
              with(object, "metadata.labels", OUR_LABELS), "metadata.annotations", OUR_ANNOTATIONS);
      ObjectTree result = transformed(transformer(), marked);
      OUR_LABELS.forEach(
          (name, value) -> assertEquals(value, result.labels().get(name), "label " + name));
      OUR_ANNOTATIONS.forEach(
          (name, value) ->
              assertEquals(value, result.annotations().get(name), "annotation " + name));
    }
  }

  private static ObjectTree with(ObjectTree object, String path, Map<String, String> entries) {
    ObjectTree changed = object;
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      changed = changed.with(path + "[\"" + entry.getKey() + "\"]", entry.getValue());
    }
    return changed;
  }
}
