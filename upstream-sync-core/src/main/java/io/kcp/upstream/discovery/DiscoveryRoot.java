package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Answer;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two roots of discovery, {@code /api} and {@code /apis}. A server that serves
 * aggregated discovery answers with everything below at once, and with 304 when nothing changed;
 * another answers with a list of versions, which are then asked one by one. Not for use by several
 * threads at once.
 */
final class DiscoveryRoot {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryRoot.class);
  private static final String AGGREGATED = "as=APIGroupDiscoveryList";
  private static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;"
          + AGGREGATED
          + ",application/json;g=apidiscovery.k8s.io;v=v2beta1;"
          + AGGREGATED
          + ",application/json";

  private final ClusterEndpoint cluster;
  private final String path;
  private final Function<ObjectTree, List<GroupVersion>> listed;
  private @Nullable Tagged last;

  private record Tagged(String tag, List<VersionDocument> documents) {}

  private DiscoveryRoot(
      ClusterEndpoint cluster, String path, Function<ObjectTree, List<GroupVersion>> listed) {
    this.cluster = cluster;
    this.path = path;
    this.listed = listed;
  }

  static DiscoveryRoot core(ClusterEndpoint cluster) {
    return new DiscoveryRoot(cluster, "/api", DiscoveryDocuments::coreVersions);
  }

  static DiscoveryRoot groups(ClusterEndpoint cluster) {
    return new DiscoveryRoot(cluster, "/apis", DiscoveryDocuments::groupVersions);
  }

  /** Whether this root is where a group is found. */
  boolean has(String group) {
    return group.isEmpty() == path.equals("/api");
  }

  /** Throws {@link RequestException} when the root itself can't be read. */
  List<VersionDocument> read() throws InterruptedException {
    ApiRequest request = ApiRequest.get(path).accepting(ACCEPT);
    Tagged before = last;
    Answer answer = cluster.send(before == null ? request : request.ifNoneMatch(before.tag));
    if (before != null && answer.code() == 304) {
      return before.documents;
    }
    last = null;
    String type = answer.headers().get("Content-Type");
    if (type == null || !type.contains(AGGREGATED)) {
      return walk(parsed(answer, listed));
    }
    List<VersionDocument> documents = parsed(answer, DiscoveryDocuments::aggregated);
    String tag = answer.headers().get("ETag");
    last = tag == null ? null : new Tagged(tag, documents);
    return documents;
  }

  private List<VersionDocument> walk(List<GroupVersion> versions) throws InterruptedException {
    List<VersionDocument> documents = new ArrayList<>();
    for (GroupVersion version : versions) {
      documents.add(one(version));
    }
    return documents;
  }

  private VersionDocument one(GroupVersion version) throws InterruptedException {
    try {
      Answer answer = cluster.send(ApiRequest.get(version.path()));
      return new VersionDocument(
          version, parsed(answer, list -> DiscoveryDocuments.resources(version, list)), true);
    } catch (RequestException e) {
      LOG.atLevel(e.level())
          .log("{}: discovery of {} fails: {}", cluster.name(), version.path(), e.getMessage());
      return VersionDocument.unanswered(version);
    }
  }

  /** Makes one kind of failure of the two ways in which a document may be unreadable. */
  static <T> T parsed(Answer answer, Function<ObjectTree, T> reader) {
    try {
      return reader.apply(answer.object());
    } catch (FieldTypeException e) {
      throw RequestException.unreadable(e);
    }
  }
}
