package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs and CronJobs. Failed pods alone are no failure: the Job may try again. */
final class BatchRules {
  private static final FieldPath ACTIVE = FieldPath.of("status", "active");

  static final List<Rule> JOB =
      List.of(
          new Rule(
              "job.failed",
              look ->
                  look.trueCondition("Failed")
                      .map(
                          failed ->
                              Ruling.degraded(
                                      failed.reasonOr("JobFailed"), failed.messageOr("it failed"))
                                  .asFinished())
                      .orElse(null)),
          new Rule(
              "job.complete",
              look ->
                  look.trueCondition("Complete")
                      .map(
                          complete ->
                              Ruling.healthy("Complete", complete.messageOr("its work is done"))
                                  .asFinished())
                      .orElse(null)),
          new Rule("job.suspended", look -> look.isTrue("spec.suspend") ? suspend(look) : null),
          new Rule(
              "job.resuming",
              look ->
                  look.trueCondition("Suspended").isPresent()
                      ? Ruling.progressing("Resuming", "it is about to go on")
                      : null),
          new Rule("job.ending", BatchRules::ending),
          new Rule(
              "job.not-started",
              look ->
                  look.text("status.startTime").isEmpty()
                      ? Ruling.progressing("NotStarted", "it is not started yet")
                      : null),
          new Rule("job.running", BatchRules::running));

  static final List<Rule> CRON_JOB =
      List.of(
          new Rule("cron-job.suspended", BatchRules::cronSuspended),
          new Rule(
              "cron-job.never-run",
              look ->
                  look.text("status.lastScheduleTime").isEmpty()
                      ? Ruling.healthy("NeverScheduled", "its time has not come yet")
                      : null),
          new Rule(
              "cron-job.never-succeeded",
              look ->
                  look.text("status.lastSuccessfulTime").isEmpty()
                      ? Ruling.healthy("Scheduled", "no run has succeeded yet")
                      : null),
          new Rule(
              "cron-job.active",
              look ->
                  look.object().get(ACTIVE).filter(active -> !List.of().equals(active)).isPresent()
                      ? Ruling.healthy("Active", "a run is under way")
                      : null),
          new Rule("cron-job.last-run", BatchRules::lastRun));

  private BatchRules() {}

  private static Ruling suspend(Look look) {
    return look.trueCondition("Suspended").isPresent()
        ? Ruling.suspended("Suspended", "spec.suspend is true")
        : Ruling.progressing("Suspending", "spec.suspend is true, and its pods still end");
  }

  private static @Nullable Ruling ending(Look look) {
    return look.trueCondition("FailureTarget")
        .or(() -> look.trueCondition("SuccessCriteriaMet"))
        .map(
            ending ->
                Ruling.progressing(
                    ending.type(), ending.messageOr("it is decided, and its pods still end")))
        .orElse(null);
  }

  private static Ruling running(Look look) {
    return Ruling.progressing(
        "Running",
        "%d pods are active, %d succeeded, %d failed"
            .formatted(
                look.number("status.active", 0),
                look.number("status.succeeded", 0),
                look.number("status.failed", 0)));
  }

  private static @Nullable Ruling cronSuspended(Look look) {
    if (!look.isTrue("spec.suspend")) {
      return null;
    }
    String message = "spec.suspend is true: no run is started";
    return look.settings().has(HealthOption.SUSPENDED_CRON_JOB_IS_HEALTHY)
        ? Ruling.healthy("Suspended", message)
        : Ruling.suspended("Suspended", message);
  }

  private static Ruling lastRun(Look look) {
    Optional<Instant> scheduled = look.time("status.lastScheduleTime");
    Optional<Instant> succeeded = look.time("status.lastSuccessfulTime");
    return succeeded.orElseThrow().isBefore(scheduled.orElseThrow())
        ? Ruling.degraded("LastRunFailed", "no run has succeeded since the last was scheduled")
        : Ruling.healthy("LastRunSucceeded", "the last run succeeded");
  }
}
