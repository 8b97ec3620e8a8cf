package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Answer;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas of a workspace, from its OpenAPI v3 documents. A document is read when a type of it
 * is first asked for, and again when its hash in the index changed. What can't be read again stays
 * as last known; a server without such documents has deduced schemas. Safe for any number of
 * threads.
 */
public final class OpenApiSchemas implements SchemaSource {
  private static final Logger LOG = LoggerFactory.getLogger(OpenApiSchemas.class);
  private static final String INDEX = "/openapi/v3";

  private final ClusterEndpoint workspace;
  // All below is guarded by this object's lock.
  private final Map<String, Loaded> documents = new HashMap<>();
  private final Map<TypeVersion, SchemaNode> given = new HashMap<>();
  private @Nullable Map<String, String> hashes;
  private boolean lookedTwice;

  private record Loaded(String hash, SchemaDocument document) {}

  private record TypeVersion(GroupResource resource, String version) {}

  public OpenApiSchemas(ClusterEndpoint workspace) {
    this.workspace = workspace;
  }

  /**
   * Looks which documents changed; call it before {@link TypeSets#compute}. Throws {@link
   * RequestException} when nothing is known and the server can't be read.
   */
  public synchronized void refresh() throws InterruptedException {
    lookedTwice = false;
    readIndex();
  }

  private void readIndex() throws InterruptedException {
    try {
      hashes = DiscoveryRoot.parsed(workspace.send(ApiRequest.get(INDEX)), OpenApiSchemas::index);
    } catch (RequestException e) {
      if (hashes != null) {
        LOG.atLevel(e.level())
            .log("{}: schemas stay as last known: {}", workspace.name(), e.getMessage());
      } else if (isAbsent(e)) {
        LOG.warn("{}: no OpenAPI v3, schemas are deduced: {}", workspace.name(), e.getMessage());
      } else {
        throw e;
      }
    }
  }

  private static boolean isAbsent(RequestException e) {
    return e.code() == 404 || e.code() == 501;
  }

  /** Hash by path; a path without a hash has the whole URL in its place. */
  private static Map<String, String> index(ObjectTree index) {
    Map<String, String> hashes = new LinkedHashMap<>();
    index
        .tree("paths")
        .map(ObjectTree::asMap)
        .orElse(Map.of())
        .forEach(
            (path, entry) -> {
              FieldPath at = FieldPath.of("paths", path, "serverRelativeURL");
              hashes.put("/" + path, index.get(at).map(Object::toString).orElse(""));
            });
    return hashes;
  }

  @Override
  public synchronized MergeSchema schemaOf(ResourceType workspaceType) throws InterruptedException {
    if (hashes == null) {
      readIndex();
    }
    Optional<SchemaNode> schema = find(workspaceType);
    if (schema.isEmpty() && !lookedTwice) { // a new CRD is served before its schema is published
      lookedTwice = true;
      readIndex();
      schema = find(workspaceType);
    }
    if (schema.isEmpty()) {
      return MergeSchema.deduced();
    }
    SchemaNode now = schema.get();
    return given.merge(
        new TypeVersion(workspaceType.resource(), workspaceType.version()),
        now,
        (before, after) -> before.saysTheSameAs(after) ? before : after);
  }

  private Optional<SchemaNode> find(ResourceType type) throws InterruptedException {
    String hash = hashes == null ? null : hashes.get(type.groupVersionPath());
    return hash == null
        ? Optional.empty()
        : document(type.groupVersionPath(), hash).flatMap(document -> document.schemaOf(type));
  }

  private Optional<SchemaDocument> document(String path, String hash) throws InterruptedException {
    Loaded loaded = documents.get(path);
    if (loaded != null && loaded.hash.equals(hash)) {
      return Optional.of(loaded.document);
    }
    try {
      SchemaDocument document = read(workspace.send(ApiRequest.get(INDEX + path)));
      documents.put(path, new Loaded(hash, document));
      return Optional.of(document);
    } catch (RequestException e) {
      if (loaded != null) {
        LOG.warn("{}: the schema stays as last known: {}", workspace.name(), e.getMessage());
        return Optional.of(loaded.document);
      }
      if (isAbsent(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static SchemaDocument read(Answer answer) {
    try {
      return SchemaDocument.read(answer.body());
    } catch (IOException e) {
      throw RequestException.unreadable(e);
    }
  }
}
