package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.DirectClient.Reply;
import io.kcp.upstream.testkit.ServedTypes.Served;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Somebody who edits objects by hand. */
final class Hand implements TestCluster.Actor {
  private static final int ATTEMPTS = 100;

  private final DirectClient direct;
  private final ServedTypes types;
  private final String manager;

  Hand(DirectClient direct, ServedTypes types, String fieldManager) {
    if (fieldManager.isEmpty() || fieldManager.length() > 128) {
      throw new IllegalArgumentException(
          "fieldManager: '%s' has not 1 to 128 characters".formatted(fieldManager));
    }
    this.direct = direct;
    this.types = types;
    this.manager = "?fieldManager=" + URLEncoder.encode(fieldManager, StandardCharsets.UTF_8);
  }

  @Override
  public void apply(String yaml) {
    Manifests.objects(yaml).forEach(object -> apply(object, false));
  }

  @Override
  public void forceApply(String yaml) {
    Manifests.objects(yaml).forEach(object -> apply(object, true));
  }

  private void apply(ObjectTree object, boolean force) {
    Served type =
        types
            .ofKind(object.apiVersion(), object.kind())
            .orElseThrow(
                () ->
                    new AssertionError(
                        "no kind %s of %s is served"
                            .formatted(object.kind(), object.apiVersion())));
    boolean placed = !type.namespaced() || !object.namespace().isEmpty();
    ObjectTree whole = placed ? object : object.with("metadata.namespace", "default");
    String query = manager + "&fieldValidation=Strict" + (force ? "&force=true" : "");
    direct
        .send(
            "PATCH",
            type.path(whole.namespace(), whole.name()) + query,
            "application/apply-patch+yaml",
            whole.asMap())
        .orFail();
  }

  @Override
  public void set(String resource, String namespace, String name, String path, Object value) {
    Served type = type(resource);
    String object = type.path(namespace, name);
    boolean status = type.hasStatus() && path.matches("status([.\\[].*)?");
    for (int attempt = 1; ; attempt++) {
      ObjectTree changed = direct.get(object).orFail().object().with(path, value);
      String target = object + (status ? "/status" : "") + manager;
      Reply reply = direct.send("PUT", target, "application/json", changed.asMap());
      if (reply.status() != 409 || attempt == ATTEMPTS) {
        reply.orFail();
        return;
      }
    }
  }

  @Override
  public void delete(String resource, String namespace, String name) {
    Map<String, String> options =
        Map.of("kind", "DeleteOptions", "apiVersion", "v1", "propagationPolicy", "Background");
    direct
        .send("DELETE", type(resource).path(namespace, name), "application/json", options)
        .orFail();
  }

  private Served type(String resource) {
    return types
        .find(resource)
        .orElseThrow(() -> new AssertionError("no resource %s is served".formatted(resource)));
  }
}
