package io.kcp.upstream;

import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.Traffic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the threads of a runtime get on. A request ends within its time-out whether or not the
 * server answers, so a server that is away never makes them look stuck; but a thread that neither
 * ends its task nor a request for far longer than that does not get on any more. Safe for any
 * thread.
 */
final class Vigil implements Traffic {
  /** Far longer than a request may take, and than a server may ask to be left alone. */
  private static final Duration LEAST = Duration.ofMinutes(10);

  private static final int REQUESTS = 10;

  /**
   * A task under way.
   *
   * @param at when it last gave a sign of life
   * @param asking whether it is at a request, or waits for its turn
   */
  private record Task(long at, boolean asking) {}

  private final LongSupplier nanos;
  private final Map<Thread, Task> tasks = new ConcurrentHashMap<>();
  private final Map<Object, String> names = new ConcurrentHashMap<>();
  private final Map<Object, Long> turns = new ConcurrentHashMap<>();
  private final AtomicLong answered;
  private final AtomicLong limit = new AtomicLong(LEAST.toNanos());
  private volatile @Nullable String dead;

  Vigil(LongSupplier nanos) {
    this.nanos = nanos;
    this.answered = new AtomicLong(nanos.getAsLong());
  }

  /** Its requests are signs of life until it is ignored. */
  void watch(ClusterEndpoint endpoint) {
    long patience = endpoint.limits().request().multipliedBy(REQUESTS).toNanos();
    limit.accumulateAndGet(patience, Math::max);
    endpoint.observe(this);
  }

  /** A task begins on this thread. */
  void begins(Thread thread) {
    tasks.put(thread, new Task(nanos.getAsLong(), false));
  }

  /** The task on this thread ended. */
  void ended(Thread thread) {
    tasks.remove(thread);
  }

  /** From now on {@code what} has its turn again and again: see {@link #turn}. */
  void expect(Object who, String what) {
    turn(who);
    names.put(who, what);
  }

  /** It had its turn. */
  void turn(Object who) {
    turns.put(who, nanos.getAsLong());
  }

  /** Its turns are over. */
  void forget(Object who) {
    names.remove(who);
    turns.remove(who);
  }

  /** A thread that nothing replaces ended. */
  void died(Thread thread, Throwable cause) {
    dead = "thread %s ended: %s".formatted(thread.getName(), cause);
  }

  @Override
  public void asking() {
    tasks.computeIfPresent(Thread.currentThread(), (t, task) -> new Task(task.at(), true));
  }

  @Override
  public void answered(ApiRequest request, int code, Duration throttled, Duration took) {
    long now = nanos.getAsLong();
    answered.set(now);
    tasks.computeIfPresent(Thread.currentThread(), (t, task) -> new Task(now, false));
  }

  @Override
  public void watching() {}

  /** What does not get on, for people; empty while all does. */
  Optional<String> stuck() {
    String gone = dead;
    return gone != null ? Optional.of(gone) : stuckTask().or(this::missedTurn);
  }

  private Optional<String> stuckTask() {
    return tasks.entrySet().stream()
        .filter(each -> isLate(sign(each.getValue())))
        .map(each -> told(each.getKey(), each.getValue()))
        .findFirst();
  }

  /** Of a task that waits for its turn to ask, those that have theirs give the sign. */
  private long sign(Task task) {
    long last = answered.get();
    return task.asking() && last - task.at() > 0 ? last : task.at();
  }

  private boolean isLate(long sign) {
    return nanos.getAsLong() - sign > limit.get();
  }

  private String told(Thread thread, Task task) {
    return "thread %s has not got on for %s%s"
        .formatted(thread.getName(), since(task.at()), place(thread.getStackTrace()));
  }

  /** Where it is, without what the JDK does for it. */
  private static String place(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(each -> !each.getClassName().matches("(java|jdk|sun)\\..*"))
        .findFirst()
        .map(each -> "; it is in " + each)
        .orElse("");
  }

  /** While a task is at a request, others wait for a free thread: they are late for the server. */
  private Optional<String> missedTurn() {
    return tasks.values().stream().anyMatch(Task::asking)
        ? Optional.empty()
        : turns.entrySet().stream()
            .filter(each -> isLate(each.getValue()))
            .map(
                each ->
                    "%s has not had its turn for %s"
                        .formatted(names.get(each.getKey()), since(each.getValue())))
            .findFirst();
  }

  private Duration since(long at) {
    return Duration.ofSeconds(Duration.ofNanos(nanos.getAsLong() - at).toSeconds());
  }
}
