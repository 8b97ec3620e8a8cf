package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UidMapTest {
  private static final WorkKey POD = new WorkKey(GroupResource.parse("pods"), "shop", "web-1");

  private final List<WorkKey> again = new ArrayList<>();
  private final UidMap uids = new UidMap(again::add);

  @Test
  void namesDependentsWhenTheirOwnerArrives() {
    assertThat(uids.find("owner", POD)).isEmpty();

    uids.put("owner", "copy");

    assertThat(again).containsExactly(POD);
    assertThat(uids.find("owner", POD)).contains("copy");
  }

  @Test
  void namesThemAgainWhenItGoesOrIsAnotherOneAndNotOtherwise() {
    uids.put("owner", "copy");
    uids.find("owner", POD);
    uids.put("owner", "copy");
    assertThat(again).isEmpty();

    uids.put("owner", "new copy");
    uids.remove("owner");
    uids.remove("owner");

    assertThat(again).containsExactly(POD, POD);
    assertThat(uids.find("owner", POD)).isEmpty();
  }

  @Test
  void forgetsADependentThatIsGone() {
    uids.find("owner", POD);

    uids.forget(POD);
    uids.put("owner", "copy");

    assertThat(again).isEmpty();
  }
}
