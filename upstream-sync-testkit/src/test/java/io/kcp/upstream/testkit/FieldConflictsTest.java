package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FieldConflictsTest {
  @Test
  void isOnAFieldOfTheDeploymentByDefault() {
    FieldConflict conflict = FieldConflicts.on("spec.replicas").build();

    assertThat(conflict.key()).isEqualTo(ObjectKey.physical("deployments.apps", "shop", "web"));
    assertThat(conflict.path()).isEqualTo(FieldPath.parse("spec.replicas"));
    assertThat(conflict.physicalValue()).isNull();
    assertThat(conflict.upstreamValue()).isNull();
    assertThat(conflict.physicalChange()).isEqualTo(Change.EDITED);
    assertThat(conflict.upstreamChange()).isEqualTo(Change.EDITED);
    assertThat(conflict.otherManagers()).containsExactly("kubectl");
    assertThat(conflict.inConflict()).containsExactly(conflict.path());
    assertThat(conflict.sensitive()).isFalse();
  }

  @Test
  void bothObjectsHoldTheirValues() {
    FieldConflict conflict = FieldConflicts.on("spec.replicas").physical(3).upstream(5L).build();

    assertThat(conflict.physicalValue()).isEqualTo(3L);
    assertThat(conflict.upstreamValue()).isEqualTo(5L);
    assertThat(conflict.physical().integer("spec.replicas")).isEqualTo(OptionalLong.of(3));
    assertThat(conflict.upstream().integer("spec.replicas")).isEqualTo(OptionalLong.of(5));
    assertThat(conflict.upstream().name()).isEqualTo("web");
  }

  @Test
  void takesChangesAndManagers() {
    FieldConflict conflict =
        FieldConflicts.on("spec.template.spec.containers[name=\"web\"].image")
            .physical("web:1")
            .changes(Change.NONE, Change.REMOVED)
            .by("a")
            .by("b")
            .build();

    assertThat(conflict.physicalChange()).isEqualTo(Change.NONE);
    assertThat(conflict.upstreamChange()).isEqualTo(Change.REMOVED);
    assertThat(conflict.otherManagers()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void refusesWhatIsNoPath() {
    assertThatThrownBy(() -> FieldConflicts.on("spec..replicas"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
