package io.kcp.upstream.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.health.HealthCases.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that no API server would store are judged, too: nothing is thrown, and all is said. */
class OddObjectsTest {
  private static final int ODD_ONES_OF_EACH = 6;

  private static final List<Object> ODD =
      List.of(
          "", "odd", "-1", 0L, -1L, Long.MAX_VALUE, 1.5, true, List.of(), List.of(1L), Map.of());

  private final Random random = new Random(20260102);

  @ParameterizedTest
  @EnumSource
  void areJudgedByEveryProfile(HealthProfile profile) {
    for (Case one : HealthCases.all().toList()) {
      HealthRules rules = HealthRules.of(one.settings().withProfile(profile), List.of());
      for (int i = 0; i < ODD_ONES_OF_EACH; i++) {
        ObjectTree odd = ObjectTree.of(odd(one.object().asMap()));

        Assessment is = rules.assess(odd, one.context());

        assertThat(Texts.isReason(is.reason())).as("%s: %s", odd.asMap(), is).isTrue();
        assertThat(is.message()).as("%s: %s", odd.asMap(), is).isNotBlank();
        assertThat(is.rule()).isNotBlank();
        assertThat(is.kstatus()).isNotBlank();
      }
    }
  }

  /** The object with one value, at any depth, put in another's place. */
  private Map<String, Object> odd(Map<String, Object> object) {
    Map<String, Object> changed = new LinkedHashMap<>(object);
    List<String> names = List.copyOf(object.keySet());
    if (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      changed.put(name, odd(object.get(name)));
    }
    return changed;
  }

  @SuppressWarnings("unchecked")
  private Object odd(Object value) {
    boolean deeper = random.nextInt(5) > 0;
    if (deeper && value instanceof Map<?, ?> map && !map.isEmpty()) {
      return odd((Map<String, Object>) map);
    }
    if (deeper && value instanceof List<?> list && !list.isEmpty()) {
      List<Object> changed = new ArrayList<>(list);
      int index = random.nextInt(list.size());
      changed.set(index, odd(list.get(index)));
      return changed;
    }
    return ODD.get(random.nextInt(ODD.size()));
  }
}
