package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.PlannedStep;
import io.kcp.upstream.sync.Planner;
import java.time.Clock;
import java.util.List;

/** Renders what a planner finds. */
record PlanView(Clock clock, InForce now) {
  Plan plan() throws InterruptedException {
    return new Plan(
        clock.instant(),
        now.generation(),
        new Planner(now.scope()).plan().stream().map(PlanView::step).toList());
  }

  List<ConflictRecord> openConflicts() throws InterruptedException {
    return new Planner(now.scope()).openConflicts();
  }

  private static Plan.Step step(PlannedStep step) {
    return new Plan.Step(
        Plan.Action.valueOf(step.action().name()),
        new ObjectKey(
            Side.PHYSICAL,
            step.physical().resource(),
            step.physical().namespace(),
            step.physical().name()),
        step.upstream(),
        step.fields(),
        step.reason(),
        step.message());
  }
}
