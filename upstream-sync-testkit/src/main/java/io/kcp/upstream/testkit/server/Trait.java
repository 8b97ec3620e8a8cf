package io.kcp.upstream.testkit.server;

/** In what the resources of a server differ, apart from their schema. */
enum Trait {
  /** Defined by a CRD. */
  CUSTOM,
  /** Keeps {@code metadata.generation}. */
  GENERATION,
  /** A PUT to a name that is free creates. */
  PUT_CREATES,
  /** A PUT without resourceVersion is refused. */
  NEEDS_VERSION,
  /** DELETE answers with the object, not with a Status. */
  RETURNS_DELETED,
  /** A write to {@code /status} changes labels and the like too. */
  STATUS_WRITES_METADATA,
  /** Other versions than the stored one are made by a webhook. */
  CONVERTED_BY_WEBHOOK,
  /** Dependents stay unless the client says otherwise. */
  ORPHANS
}
