package io.kcp.upstream.sync;

import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.wire.RequestException;
import java.util.Optional;

/** Sends a copy as desired or, where that is refused, without what we say on it ourselves. */
final class Wording {
  /** One way to send it. */
  interface Way<T> {
    T send(Task task) throws InterruptedException;
  }

  /**
   * @param task what was taken
   */
  record Sent<T>(Task task, T answer) {}

  private final Additions additions;
  private final Forms forms;

  Wording(Additions additions, Forms forms) {
    this.additions = additions;
    this.forms = forms;
  }

  /** Throws what the first was refused with when neither is taken. */
  <T> Sent<T> send(Task task, Way<T> way) throws InterruptedException {
    try {
      return new Sent<>(task, way.send(task));
    } catch (RequestException e) {
      Optional<Desired> less =
          isRefusal(e) ? additions.withoutWords(task.desired()) : Optional.empty();
      if (less.isEmpty()) {
        throw e;
      }
      return less(new Task(task.item(), less.get(), forms.desired(less.get())), way, e);
    }
  }

  private <T> Sent<T> less(Task less, Way<T> way, RequestException refusal)
      throws InterruptedException {
    Sent<T> sent;
    try {
      sent = new Sent<>(less, way.send(less));
    } catch (RequestException e) {
      if (e.code() == 409) {
        throw e; // it is looked at again, as it is by now
      }
      refusal.addSuppressed(e);
      throw refusal;
    }
    additions.wordsRefused(less.key());
    return sent;
  }

  /**
   * Schemas and policies answer 422, webhooks 403 or 400: nothing else is about what was sent. A
   * 403 of admission says that it denied the request; any other is about who sent it.
   */
  private static boolean isRefusal(RequestException e) {
    return switch (e.code()) {
      case 400, 422 -> true;
      case 403 -> e.serverMessage().contains("denied");
      default -> false;
    };
  }
}
