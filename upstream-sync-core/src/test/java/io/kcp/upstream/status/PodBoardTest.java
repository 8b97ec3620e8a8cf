package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodBoardTest {
  private static final long NOW = 10_000;
  private static final ControllerRef WEB = new ControllerRef("apps", "Deployment", "web", "d");
  private static final ControllerRef OLD = new ControllerRef("apps", "ReplicaSet", "web-1", "r1");
  private static final ControllerRef NEW = new ControllerRef("apps", "ReplicaSet", "web-2", "r2");

  private final PodBoard board = new PodBoard();

  private void pod(String name, ControllerRef owner, PodFacts facts) {
    board.pod("shop", name, Optional.of(owner), facts);
  }

  private void replicaSet(ControllerRef itself, long revision) {
    board.between(workload(itself), Optional.of(WEB), revision);
  }

  private static PodBoard.Workload workload(ControllerRef ref) {
    return new PodBoard.Workload(ref.group(), ref.kind(), "shop", ref.name(), ref.uid());
  }

  private static PodFacts running() {
    return new PodFacts("Running", true, false, 0, 0, "", 0, "node-1");
  }

  private static PodFacts crashing(int restarts) {
    return new PodFacts("Running", false, false, restarts, 9_900, "CrashLoopBackOff", 0, "node-2");
  }

  /** From then on it counts that no node was found. */
  private static PodFacts unschedulable(long from) {
    return new PodFacts("Pending", false, false, 0, 0, "Unschedulable", from, "");
  }

  private Tally web() {
    return board.tally("d", NOW).orElseThrow();
  }

  @Test
  void aDeploymentHasThePodsOfItsReplicaSetsOldToldFromNew() {
    replicaSet(OLD, 1);
    replicaSet(NEW, 2);
    pod("web-1-a", OLD, running());
    pod("web-1-b", OLD, running());
    pod("web-2-a", NEW, crashing(3));

    assertThat(web().pods()).isEqualTo(3);
    assertThat(web().ready()).isEqualTo(2);
    assertThat(web().current()).isEqualTo(new Tally.Part(1, 0));
    assertThat(web().restarts()).isEqualTo(3);
    assertThat(web().restartedLately()).isEqualTo(1);
    assertThat(web().nodes()).isEqualTo(Map.of("node-1", 2, "node-2", 1));
    assertThat(web().reasons()).containsExactly(new Tally.Reason("CrashLoopBackOff", 1, "web-2-a"));
    assertThat(board.tally("r2", NOW).orElseThrow().pods()).isEqualTo(1);
  }

  @Test
  void aPodMayBeKnownBeforeItsReplicaSet() {
    pod("web-1-a", OLD, running());
    assertThat(board.tally("d", NOW)).isEmpty();

    replicaSet(OLD, 1);

    assertThat(web().pods()).isEqualTo(1);
    assertThat(board.takeChanged()).contains(workload(OLD), workload(WEB));
  }

  @Test
  void onlyWhatCountsIsAChange() {
    replicaSet(OLD, 1);
    pod("web-1-a", OLD, running());
    board.takeChanged();

    pod("web-1-a", OLD, running());
    assertThat(board.takeChanged()).isEmpty();

    pod("web-1-a", OLD, crashing(1));
    assertThat(board.takeChanged()).containsExactlyInAnyOrder(workload(OLD), workload(WEB));
  }

  @Test
  void theOnlyPodMayChange() {
    ControllerRef db = new ControllerRef("apps", "StatefulSet", "db", "s");
    pod("db-0", db, crashing(1));

    pod("db-0", db, running());

    assertThat(board.tally("s", NOW).orElseThrow().ready()).isEqualTo(1);
    assertThat(board.sum(NOW).pods()).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfWhatIsGone() {
    replicaSet(OLD, 1);
    pod("web-1-a", OLD, running());
    board.podGone("shop", "web-1-a");
    assertThat(web().pods()).isZero();
    board.betweenGone("r1");

    assertThat(board.tally("d", NOW)).isEmpty();
    assertThat(board.tally("r1", NOW)).isEmpty();
    assertThat(board.size()).isZero();
  }

  @Test
  void aPodThatEndsCountsForNothingElse() {
    replicaSet(OLD, 1);
    pod("web-1-a", OLD, new PodFacts("Running", true, true, 7, 9_999, "", 0, "node-1"));

    assertThat(web().pods()).isZero();
    assertThat(web().ready()).isZero();
    assertThat(web().restarts()).isZero();
    assertThat(web().terminating()).isEqualTo(1);
  }

  @Test
  void aPodThatIsAdoptedMoves() {
    replicaSet(OLD, 1);
    pod("stray", OLD, running());

    pod("stray", new ControllerRef("example.com", "Pool", "p", "u"), running());

    assertThat(web().pods()).isZero();
    assertThat(board.tally("u", NOW).orElseThrow().pods()).isEqualTo(1);
  }

  @Test
  void ownersThatRunInACircleAreNoEndlessLoop() {
    board.between(workload(OLD), Optional.of(NEW), 1);
    board.between(workload(NEW), Optional.of(OLD), 1);
    pod("a", OLD, running());

    assertThat(board.tally("r2", NOW).orElseThrow().pods()).isEqualTo(1);
  }

  @Test
  void theTextIsCompactAndKeepsItsOrder() {
    replicaSet(OLD, 1);
    replicaSet(NEW, 2);
    pod("web-1-a", OLD, running());
    pod("web-2-b", NEW, crashing(2));
    pod("web-2-a", NEW, crashing(1));

    assertThat(RollupText.of(web()))
        .isEqualTo(
            "{\"pods\":3,\"ready\":1,\"new\":{\"pods\":2,\"ready\":0},\"old\":{\"pods\":1,\"ready\":1},"
                + "\"phases\":{\"Running\":3},\"restarts\":3,\"restartedLately\":2,"
                + "\"reasons\":[{\"reason\":\"CrashLoopBackOff\",\"pods\":2,\"example\":\"web-2-a\"}],"
                + "\"nodes\":{\"count\":2,\"most\":{\"node-2\":2,\"node-1\":1}}}");
  }

  @Test
  void theWorstReasonsComeFirst() {
    pod("a", OLD, unschedulable(NOW));
    pod("b", OLD, crashing(1));
    pod("c", OLD, crashing(1));

    List<Tally.Reason> reasons = board.tally("r1", NOW).orElseThrow().reasons();

    assertThat(reasons)
        .containsExactly(
            new Tally.Reason("CrashLoopBackOff", 2, "b"),
            new Tally.Reason("Unschedulable", 1, "a"));
  }

  @Test
  void aPodThatFindsNoNodeIsGivenItsTime() {
    pod("web-1-a", OLD, unschedulable(NOW + 5));
    pod("web-1-b", OLD, unschedulable(NOW + 9));

    Tally early = board.tally("r1", NOW).orElseThrow();
    assertThat(early.reasons()).isEmpty();
    assertThat(early.phases()).isEqualTo(Map.of("Pending", 2));
    assertThat(early.goodUntil()).isEqualTo(NOW + 5);
    assertThat(early.isOld(NOW + 4)).isFalse();
    assertThat(early.isOld(NOW + 5)).isTrue();

    assertThat(board.tally("r1", NOW + 5).orElseThrow().reasons())
        .containsExactly(new Tally.Reason("Unschedulable", 1, "web-1-a"));
    Tally late = board.sum(NOW + 9);
    assertThat(late.reasons())
        .containsExactly(new Tally.Reason("Unschedulable", 2, "shop/web-1-a"));
    assertThat(late.goodUntil()).isZero();
  }
}
