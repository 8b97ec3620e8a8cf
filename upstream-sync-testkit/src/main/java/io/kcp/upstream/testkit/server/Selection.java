package io.kcp.upstream.testkit.server;

import java.util.Map;

/** What the selectors of a list, a watch or a delete of a collection ask for. */
record Selection(LabelSelector labels, FieldSelector fields) {
  static Selection of(Call call) {
    return new Selection(
        LabelSelector.parse(call.query().get("labelSelector")),
        FieldSelector.parse(call.query().get("fieldSelector"), call.resource(), call.version()));
  }

  boolean matches(Map<String, Object> object) {
    return labels.matches(Meta.labels(object)) && fields.matches(object);
  }

  boolean isAll() {
    return labels.requirements().isEmpty() && fields.terms().isEmpty();
  }
}
