package io.kcp.upstream.sync;

import com.google.common.base.Ascii;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.stream.Collectors;

/** What a refused request means for a key. */
final class Failures {
  private static final Duration NAMESPACE_GOES = Duration.ofSeconds(5);
  private static final Duration FORBIDDEN = Duration.ofMinutes(1);
  private static final int LONGEST = 600;

  private Failures() {}

  /**
   * @param sensitive whether the server's words may quote a value that nobody may see
   */
  static Outcome outcome(RequestException e, boolean sensitive) {
    String message = message(e, sensitive);
    if (e.isTransient()) {
      Finding finding = Finding.failed(e.code() == 0 ? "NoAnswer" : reason(e), message);
      return e.retryAfter().isZero()
          ? Outcome.retry(finding)
          : Outcome.retryAfter(finding, e.retryAfter());
    }
    return switch (e.code()) {
      case 409 -> Outcome.retry(Finding.pending("ChangedMeanwhile", message));
      case 403 -> forbidden(e, message);
      case 404 -> Outcome.retry(Finding.failed("NotServed", message));
      default -> Outcome.settled(Finding.failed(reason(e), message));
    };
  }

  /** Whether only another object would make it succeed: sending it again says nothing new. */
  static boolean isTerminal(RequestException e) {
    return !e.isTransient() && e.code() != 409 && e.code() != 403 && e.code() != 404;
  }

  private static Outcome forbidden(RequestException e, String message) {
    return namespaceGoes(e)
        ? Outcome.retryAfter(Finding.pending("NamespaceTerminating", message), NAMESPACE_GOES)
        : Outcome.retryAfter(Finding.failed("Forbidden", message), FORBIDDEN);
  }

  /** Nothing is made in a namespace that is being deleted. */
  private static boolean namespaceGoes(RequestException e) {
    return e.status().stream()
        .flatMap(status -> status.items("details.causes").stream())
        .anyMatch(cause -> cause.string("reason").orElse("").equals("NamespaceTerminating"));
  }

  private static String reason(RequestException e) {
    return switch (e.code()) {
      case 413 -> "TooLarge";
      case 422 -> "Invalid";
      case 500 -> e.isTransient() ? "InternalError" : "NotApplicable";
      default -> e.reason().isEmpty() ? "Refused" : e.reason();
    };
  }

  private static String message(RequestException e, boolean sensitive) {
    return sensitive ? fieldsOnly(e) : Ascii.truncate(e.serverMessage(), LONGEST, "...");
  }

  private static String fieldsOnly(RequestException e) {
    String fields =
        e.status().stream()
            .flatMap(status -> status.items("details.causes").stream())
            .map(cause -> cause.string("field").orElse(""))
            .filter(field -> !field.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return "the server answered %d%s".formatted(e.code(), fields.isEmpty() ? "" : " on " + fields);
  }
}
