package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** Answers reviews: everybody may do everything. */
final class Reviews {
  private static final Map<String, Object> ALLOWED = Map.of("allowed", true);
  private static final Map<String, Object> ALL_RULES =
      Map.of(
          "incomplete",
          false,
          "resourceRules",
          List.of(
              Map.of("verbs", List.of("*"), "apiGroups", List.of("*"), "resources", List.of("*"))),
          "nonResourceRules",
          List.of(Map.of("verbs", List.of("*"), "nonResourceURLs", List.of("*"))));

  private Reviews() {}

  static Reply reply(Call call) {
    if (!call.http().method().equals("POST")) {
      throw ApiException.methodNotAllowed();
    }
    Map<String, Object> review = RequestBody.object(call);
    Map<String, Object> status =
        switch (call.resource().id().name()) {
          case "selfsubjectaccessreviews", "subjectaccessreviews", "localsubjectaccessreviews" ->
              ALLOWED;
          case "selfsubjectrulesreviews" -> ALL_RULES;
          case "selfsubjectreviews" ->
              Map.of(
                  "userInfo",
                  Map.of(
                      "username",
                      "test",
                      "groups",
                      List.of("system:masters", "system:authenticated")));
          default -> throw ApiException.notModelled(call.resource().id().qualified());
        };
    return Reply.json(
        201,
        Tree.with(Tree.with(review, status, "status"), Tree.map(review, "metadata"), "metadata"));
  }
}
