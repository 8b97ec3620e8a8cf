package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflictPolicyTest {
  private static final ConflictPolicy POLICY =
      Yaml.selection(
              """
              conflict:
                rules:
                - {name: all, group: '*', resource: '*', fields: [spec.template.spec], strategy: client-side-wins}
                - {name: apps, group: apps, resource: '*', fields: [spec.template], strategy: client-side-wins}
                - {name: web, group: apps, resource: deployments, fields: [spec], strategy: client-side-wins}
                - {name: longer, group: apps, resource: deployments, fields: ['metadata.labels', 'spec.template'], strategy: client-side-wins}
                - {name: named, group: apps, resource: deployments, fields: [spec.replicas], names: [web-*], strategy: client-side-wins, values: Redacted}
                - {name: also-named, group: apps, resource: deployments, fields: [spec.replicas], names: ['*-1'], strategy: client-side-wins}
              """)
          .conflict();

  private static Optional<String> rule(String type, String name, String field) {
    return POLICY
        .ruleFor(GroupResource.parse(type), name, FieldPath.parse(field))
        .map(ConflictPolicy.Rule::name);
  }

  @ParameterizedTest
  @CsvSource({
    "deployments.apps, db, spec.paused, web",
    "deployments.apps, db, spec.template.spec.x, longer",
    "deployments.apps, db, metadata.labels.a, longer",
    "statefulsets.apps, db, spec.template.spec.x, apps",
    "jobs.batch, db, spec.template.spec.x, all",
    "deployments.apps, web-2, spec.replicas, named",
    "deployments.apps, db-1, spec.replicas, also-named",
    "deployments.apps, web-1, spec.replicas, also-named",
    "deployments.apps, db, spec.replicas, web"
  })
  void theMostSpecificRuleDecides(String type, String name, String field, String rule) {
    assertThat(rule(type, name, field)).contains(rule);
  }

  @Test
  void noRuleDecidesWhereNoneCovers() {
    assertThat(rule("jobs.batch", "db", "spec.template")).isEmpty();
    assertThat(rule("deployments.apps", "db", "metadata.annotations.a")).isEmpty();
  }

  @Test
  void aValueIsRedactedOnceAnyRuleOfItsFieldSaysSo() {
    GroupResource deployments = GroupResource.parse("deployments.apps");
    FieldPath replicas = FieldPath.parse("spec.replicas");

    assertThat(POLICY.isRedacted(deployments, "web-1", replicas)).isTrue();
    assertThat(POLICY.isRedacted(deployments, "db-1", replicas)).isFalse();
    assertThat(POLICY.isRedacted(deployments, "web-1", FieldPath.parse("spec.paused"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "spec.login['a.b'].password, true",
        "spec.login['a.b'].password.hash, true",
        "spec.login['a.b'], true",
        "spec.login['a.c'], false",
        "spec.login, true",
        "spec, true",
        "spec.login['a.b'].user, false",
        "spec.env[name='x'].value, true",
        "spec.env[name='x'], true",
        "spec.env[name='x'].name, false",
        "status, false"
      })
  void aFieldThatHoldsARedactedOneIsRedactedToo(String field, boolean redacted) {
    ConflictPolicy policy =
        Yaml.selection(
                """
                conflict:
                  rules:
                  - {name: secret, group: '*', resource: '*', strategy: client-side-wins,
                     values: Redacted, fields: ['spec.login["a.b"].password', 'spec.env[*].value']}
                """)
            .conflict();

    assertThat(
            policy.isRedacted(
                GroupResource.parse("things.example.com"),
                "a",
                FieldPath.parse(field.replace('\'', '"'))))
        .isEqualTo(redacted);
  }
}
