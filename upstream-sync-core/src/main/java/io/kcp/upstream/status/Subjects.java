package io.kcp.upstream.status;

import io.kcp.upstream.sync.WorkKey;
import java.util.Optional;

/** Finds the copy of a physical object. */
public interface Subjects {
  /** Empty where there is no copy, or none that is known of yet. Sends no request. */
  Optional<Subject> copyOf(WorkKey key);
}
