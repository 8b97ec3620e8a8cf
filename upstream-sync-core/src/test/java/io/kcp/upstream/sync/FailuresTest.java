package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailuresTest {
  /** As the wire gives it: {@code RequestException} can be made by nobody else. */
  static RequestException refusal(int code, String reason, Map<String, ?> details) {
    RequestException refusal = mock(RequestException.class);
    ObjectTree status =
        ObjectTree.of(
            Map.of(
                "kind", "Status", "reason", reason, "message", "no: s3cret", "details", details));
    when(refusal.code()).thenReturn(code);
    when(refusal.reason()).thenReturn(reason);
    when(refusal.status()).thenReturn(Optional.of(status));
    when(refusal.serverMessage()).thenReturn("no: s3cret");
    when(refusal.retryAfter()).thenReturn(Duration.ZERO);
    when(refusal.isTransient()).thenReturn(code == 0 || code == 429 || code == 503);
    return refusal;
  }

  private static Map<String, Object> causes(Map<?, ?>... causes) {
    return Map.of("causes", List.of(causes));
  }

  private static Outcome outcome(int code) {
    return Failures.outcome(refusal(code, "", Map.of()), false);
  }

  @Test
  void triesAgainWhatMayPass() {
    assertThat(outcome(0)).isInstanceOf(Outcome.Retry.class);
    assertThat(outcome(0).finding().reason()).isEqualTo("NoAnswer");
    assertThat(outcome(409)).isInstanceOf(Outcome.Retry.class);
    assertThat(outcome(409).finding().verdict()).isEqualTo(Verdict.PENDING);
    assertThat(outcome(404)).isInstanceOf(Outcome.Retry.class);
    assertThat(outcome(403)).isInstanceOf(Outcome.RetryAfter.class);
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    RequestException busy = refusal(429, "TooManyRequests", Map.of());
    when(busy.retryAfter()).thenReturn(Duration.ofSeconds(7));

    assertThat(Failures.outcome(busy, false))
        .isEqualTo(
            Outcome.retryAfter(
                Finding.failed("TooManyRequests", "no: s3cret"), Duration.ofSeconds(7)));
  }

  @Test
  void settlesWhatOnlyAnotherObjectCanChange() {
    assertThat(outcome(413).finding().reason()).isEqualTo("TooLarge");
    assertThat(outcome(422).finding().reason()).isEqualTo("Invalid");
    assertThat(outcome(500).finding().reason()).isEqualTo("NotApplicable");
    assertThat(outcome(400).finding().reason()).isEqualTo("Refused");
    for (int code : List.of(413, 422, 500, 400)) {
      assertThat(outcome(code)).isInstanceOf(Outcome.Settled.class);
      assertThat(Failures.isTerminal(refusal(code, "", Map.of()))).isTrue();
    }
    assertThat(Failures.isTerminal(refusal(409, "", Map.of()))).isFalse();
  }

  @Test
  void waitsForANamespaceThatGoes() {
    RequestException going =
        refusal(403, "Forbidden", causes(Map.of("reason", "NamespaceTerminating")));

    assertThat(Failures.outcome(going, false).finding().reason()).isEqualTo("NamespaceTerminating");
  }

  @Test
  void namesOnlyTheFieldsOfASensitiveObject() {
    RequestException invalid =
        refusal(422, "Invalid", causes(Map.of("field", "data[a]", "message", "s3cret")));

    String message = Failures.outcome(invalid, true).finding().message();

    assertThat(message).isEqualTo("the server answered 422 on data[a]");
  }

  @Test
  void findsOurFieldsInAnApplysRefusal() {
    FieldPath dotted = FieldPath.of("data", "app.yaml");
    RequestException refused =
        refusal(
            409,
            "Conflict",
            causes(
                cause(dotted.serverForm(), "conflict with \"kubectl\" using v1"),
                cause(".spec.replicas", "conflict with \"hpa\""),
                cause(".spec.replicas", "conflict with \"keda\""),
                cause(".not.ours", "conflict with \"x\"")));
    FieldSet ours = FieldSet.of(dotted, FieldPath.of("spec", "replicas"));

    assertThat(Conflicts.isAboutFields(refused)).isTrue();
    assertThat(Conflicts.managers(refused, ours))
        .isEqualTo(
            Map.of(
                dotted,
                Set.of("kubectl"),
                FieldPath.of("spec", "replicas"),
                Set.of("hpa", "keda")));
    assertThat(Conflicts.unknown(refused, ours)).containsExactly(".not.ours");
    assertThat(Conflicts.isAboutFields(refusal(409, "Conflict", Map.of()))).isFalse();
  }

  private static Map<String, Object> cause(String field, String message) {
    return Map.of("reason", "FieldManagerConflict", "field", field, "message", message);
  }
}
