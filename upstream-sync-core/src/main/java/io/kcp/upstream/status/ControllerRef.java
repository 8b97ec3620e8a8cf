package io.kcp.upstream.status;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;

/** The object that another one says controls it; it is in the same namespace. */
record ControllerRef(String group, String kind, String name, String uid) {
  private static final String REPLICA_SET = "ReplicaSet";
  private static final String JOB = "Job";

  static Optional<ControllerRef> of(ObjectTree object) {
    return object.items("metadata.ownerReferences").stream()
        .filter(owner -> owner.isTrue("controller"))
        .findFirst()
        .map(ControllerRef::read);
  }

  private static ControllerRef read(ObjectTree owner) {
    String apiVersion = owner.apiVersion();
    int slash = apiVersion.indexOf('/');
    return new ControllerRef(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        owner.kind(),
        owner.string("name").orElse(""),
        owner.string("uid").orElse(""));
  }

  /** Whether it commonly has a controller of its own. */
  boolean isBetween() {
    return (group.equals("apps") && kind.equals(REPLICA_SET))
        || (group.equals("batch") && kind.equals(JOB));
  }
}
