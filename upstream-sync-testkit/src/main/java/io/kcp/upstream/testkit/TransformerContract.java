package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Transformer;
import java.util.stream.Stream;

/** What every {@link Transformer} must keep: extend it in the transformer's tests. */
public abstract class TransformerContract {
  /** For subclasses. */
  protected TransformerContract() {}

  /** A new instance of the transformer under test, equal in behaviour to any other. */
  protected abstract Transformer transformer();

  /** Objects of the kinds that the transformer is made for. */
  protected abstract Stream<ObjectTree> samples();
}
