package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;
import java.time.Instant;
import java.util.List;

/**
 * Deletions that wait for a person.
 *
 * @param id changes with the set of objects: who releases it releases these and no others
 * @param examples a few of the objects
 */
public record Hold(
    String id, GroupResource resource, Instant since, int count, List<WorkKey> examples) {
  public Hold {
    examples = List.copyOf(examples);
  }
}
