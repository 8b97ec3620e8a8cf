package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionReaderTest {
  private static final String RULE = "name: r, group: apps, resource: deployments";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          5                                                    | spec.upstreamSync                                | an object
          {paused: 'yes'}                                      | spec.upstreamSync.paused                         | true or false
          {pausedUntil: '2030-01-01T00:00:00Z'}                | spec.upstreamSync.pausedUntil                    | left out unless paused is true
          {paused: true, pausedUntil: tomorrow}                | spec.upstreamSync.pausedUntil                    | a time such as 2027-01-31T12:00:00Z
          {resources: deployments}                             | spec.upstreamSync.resources                      | a list
          {resources: [deployments]}                           | spec.upstreamSync.resources[0]                   | an object
          {resources: [{group: apps}]}                         | spec.upstreamSync.resources[group="apps"].resource | a plural such as deployments
          {resources: [{group: '*', resource: pods}]}          | resources[group="*",resource="pods"].resource    | "*" where group is "*"
          {resources: [{group: Apps, resource: pods}]}         | resources[group="Apps",resource="pods"].group    | an API group such as apps
          {resources: [{resource: Pods}]}                      | resources[resource="Pods"].resource              | a plural such as deployments
          {excludedResources: [{resource: po/ds}]}             | excludedResources[resource="po/ds"].resource     | a plural such as deployments
          {namespaces: {include: ['a?']}}                      | spec.upstreamSync.namespaces.include[0]          | a glob such as team-*
          {namespaces: {exclude: [a, Shop]}}                   | spec.upstreamSync.namespaces.exclude[1]          | a glob such as team-*
          {namespaces: {exclude: [5]}}                         | spec.upstreamSync.namespaces.exclude[0]          | a string
          {objectSelector: {matchLabels: {'a b': c}}}          | spec.upstreamSync.objectSelector.matchLabels.a b | a label key such as app
          {objectSelector: {matchLabels: {'A_/x': c}}}         | objectSelector.matchLabels.A_/x                  | a label key such as app
          {objectSelector: {matchLabels: {a: '-c'}}}           | spec.upstreamSync.objectSelector.matchLabels.a   | a label value
          {objectSelector: {matchExpressions: [{key: a, operator: in}]}}     | objectSelector.matchExpressions[0].operator | one of In, NotIn, Exists, DoesNotExist
          {objectSelector: {matchExpressions: [{key: a, operator: In}]}}     | objectSelector.matchExpressions[0].values   | at least one value
          {namespaceSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}} | namespaceSelector.matchExpressions[0].values | left out with this operator
          {namespaceSelector: {matchExpressions: [{key: a, operator: In, values: ['b c']}]}} | matchExpressions[0].values[0] | a label value
          {namespaceMapping: {type: Sam}}                      | spec.upstreamSync.namespaceMapping.type          | one of Same, Prefix, Locator
          {namespaceMapping: {type: Prefix}}                   | spec.upstreamSync.namespaceMapping.prefix        | 1 to 32 lower case letters
          {namespaceMapping: {prefix: a-}}                     | spec.upstreamSync.namespaceMapping.prefix        | left out unless type is Prefix
          {namespaceCreation: Always}                          | spec.upstreamSync.namespaceCreation              | one of IfMissing, Never
          {schemaImport: 'true'}                               | spec.upstreamSync.schemaImport                   | one of IfMissing, Never
          {adoptionPolicy: Maybe}                              | spec.upstreamSync.adoptionPolicy                 | one of Never, IfEqual, Always
          {adoptionPolicy: Always, resources: [{resource: '*'}]} | spec.upstreamSync.adoptionPolicy               | Never or IfEqual while a resource is "*"
          {transformers: [{name: acme.example.com/nosuch}]}    | transformers[name="acme.example.com/nosuch"].name | a known transformer: acme.example.com/public-images
          {conflict: {strategy: newest-wins}}                  | spec.upstreamSync.conflict.strategy              | acme.example.com/highest, client-side-wins, server-side-wins, three-way-merge
          {conflict: {fallback: newest-wins}}                  | spec.upstreamSync.conflict.fallback              | a known conflict strategy
          {conflict: {fallback: three-way-merge}}              | spec.upstreamSync.conflict.fallback              | another one than strategy
          {conflict: {parameters: {a: 1}}}                     | spec.upstreamSync.conflict.parameters.a          | a string
          {conflict: {objectOverrides: Nobody}}                | spec.upstreamSync.conflict.objectOverrides       | one of Forbidden, Physical, Both
          {conflict: {historyLimit: 201}}                      | spec.upstreamSync.conflict.historyLimit          | a whole number from 0 to 200
          {conflict: {historyLimit: 1.5}}                      | spec.upstreamSync.conflict.historyLimit          | a whole number from 0 to 200
          {deletion: {policy: Keep}}                           | spec.upstreamSync.deletion.policy                | one of Delete, Orphan
          {deletion: {budget: {maxPercent: 101}}}              | spec.upstreamSync.deletion.budget.maxPercent     | a whole number from 0 to 100
          {deletion: {budget: {windowSeconds: 0}}}             | spec.upstreamSync.deletion.budget.windowSeconds  | a whole number from 1 to 86400
          """)
  void whatCannotBeObeyedIsNamedWithWhatWouldBeRight(String block, String field, String wanted) {
    ObjectTree syncTarget = Yaml.tree("spec: {upstreamSync: " + block + "}");

    assertThatThrownBy(() -> Selection.of(syncTarget, STRATEGIES, TRANSFORMERS))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(field + " is \"")
        .hasMessageContaining("must be ")
        .hasMessageContaining(wanted);
  }

  private static final Set<String> STRATEGIES =
      Set.of("client-side-wins", "server-side-wins", "three-way-merge", "acme.example.com/highest");
  private static final Set<String> TRANSFORMERS = Set.of("acme.example.com/public-images");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          fields: ['spec..replicas'], strategy: client-side-wins             | fields[0]  | a field pattern such as spec.replicas
          fields: [spec, 'a['], strategy: client-side-wins                   | fields[1]  | a field pattern such as spec.replicas
          fields: [], strategy: client-side-wins                             | fields     | at least one field pattern
          fields: [spec], strategy: nosuch                                   | strategy   | a known conflict strategy
          fields: [spec]                                                     | strategy   | the name of a strategy
          fields: [spec], strategy: client-side-wins, names: ['a b']         | names[0]   | an object's name or a glob
          fields: [spec], strategy: client-side-wins, values: Hidden         | values     | one of Recorded, Redacted
          """)
  void aFaultyRuleIsNamed(String rest, String field, String wanted) {
    assertThatThrownBy(() -> Yaml.selection("conflict: {rules: [{%s, %s}]}".formatted(RULE, rest)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith("spec.upstreamSync.conflict.rules[name=\"r\"]." + field + " is \"")
        .hasMessageContaining(wanted);
  }

  @Test
  void aTransformerCannotBeNamedWhereThereIsNone() {
    ObjectTree syncTarget = Yaml.syncTarget("transformers: [{name: some}]");

    assertThatThrownBy(() -> Selection.of(syncTarget, STRATEGIES, Set.of()))
        .hasMessage(
            "spec.upstreamSync.transformers[name=\"some\"].name is \"some\";"
                + " it must be left out: no transformer is known to this syncer");
  }

  @Test
  void everySettingIsRead() {
    Selection selection =
        Yaml.selection(
            """
            physicalClusterUID: u-1
            namespaceMapping: {type: Prefix, prefix: edge-}
            namespaceCreation: Never
            schemaImport: IfMissing
            adoptionPolicy: IfEqual
            transformers: [{name: acme.example.com/public-images, parameters: {mirror: m/}}]
            conflict:
              strategy: server-side-wins
              fallback: client-side-wins
              parameters: {a: b}
              objectOverrides: Both
              historyLimit: 7
              rules:
              - {name: one, group: apps, resource: deployments, fields: [spec.replicas],
                 strategy: acme.example.com/highest, parameters: {c: d}, values: Redacted}
            deletion: {policy: Orphan, budget: {maxCount: 5, maxPercent: 50, windowSeconds: 60}}
            """);

    assertThat(selection.physicalClusterUid()).contains("u-1");
    assertThat(selection.namespaceMapping())
        .isEqualTo(new NamespaceMappingSpec(NamespaceMappingSpec.Type.PREFIX, "edge-"));
    assertThat(selection.createsNamespaces()).isFalse();
    assertThat(selection.importsSchemas()).isTrue();
    assertThat(selection.adoptionPolicy()).isEqualTo(AdoptionPolicy.IF_EQUAL);
    assertThat(selection.transformers())
        .containsExactly(
            new TransformerRef("acme.example.com/public-images", Map.of("mirror", "m/")));
    assertThat(selection.deletion())
        .isEqualTo(new DeletionPolicy(true, 5, 50, Duration.ofMinutes(1)));
    ConflictPolicy conflict = selection.conflict();
    assertThat(conflict.strategy()).isEqualTo("server-side-wins");
    assertThat(conflict.fallback()).isEqualTo("client-side-wins");
    assertThat(conflict.parameters()).containsExactly(Map.entry("a", "b"));
    assertThat(conflict.objectOverrides()).isEqualTo(ConflictPolicy.ObjectOverrides.BOTH);
    assertThat(conflict.historyLimit()).isEqualTo(7);
    ConflictPolicy.Rule rule = conflict.rules().get(0);
    assertThat(rule.name()).isEqualTo("one");
    assertThat(rule.strategy()).isEqualTo("acme.example.com/highest");
    assertThat(rule.parameters()).containsExactly(Map.entry("c", "d"));
    assertThat(rule.redacted()).isTrue();
  }

  /** What a server would fill in, and what is meant where no server did. */
  @Test
  void defaultsAreThoseOfTheCrd() {
    ObjectTree block =
        crd()
            .items("spec.versions")
            .get(0)
            .tree("schema.openAPIV3Schema.properties.spec.properties.upstreamSync.properties")
            .orElseThrow();
    ObjectTree conflict = block.tree("conflict.properties").orElseThrow();
    ObjectTree rule = conflict.tree("rules.items.properties").orElseThrow();
    ObjectTree budget = block.tree("deletion.properties.budget.properties").orElseThrow();

    assertThat(standard(block, "namespaces.properties.include"))
        .isEqualTo(SpecDefaults.INCLUDED_NAMESPACES);
    assertThat(standard(block, "namespaces.properties.exclude"))
        .isEqualTo(SpecDefaults.EXCLUDED_NAMESPACES);
    assertThat(standard(block, "namespaceMapping.properties.type"))
        .isEqualTo(SpecDefaults.NAMESPACE_MAPPING);
    assertThat(standard(block, "namespaceCreation")).isEqualTo(SpecDefaults.NAMESPACE_CREATION);
    assertThat(standard(block, "schemaImport")).isEqualTo(SpecDefaults.SCHEMA_IMPORT);
    assertThat(standard(block, "adoptionPolicy")).isEqualTo(SpecDefaults.ADOPTION_POLICY);
    assertThat(standard(conflict, "strategy")).isEqualTo(SpecDefaults.STRATEGY);
    assertThat(standard(conflict, "objectOverrides")).isEqualTo(SpecDefaults.OBJECT_OVERRIDES);
    assertThat(standard(conflict, "historyLimit")).isEqualTo((long) SpecDefaults.HISTORY_LIMIT);
    assertThat(standard(rule, "names")).isEqualTo(SpecDefaults.RULE_NAMES);
    assertThat(standard(rule, "values")).isEqualTo(SpecDefaults.RULE_VALUES);
    assertThat(standard(block, "deletion.properties.policy"))
        .isEqualTo(SpecDefaults.DELETION_POLICY);
    assertThat(standard(budget, "maxCount")).isEqualTo((long) SpecDefaults.MAX_COUNT);
    assertThat(standard(budget, "maxPercent")).isEqualTo((long) SpecDefaults.MAX_PERCENT);
    assertThat(standard(budget, "windowSeconds")).isEqualTo((long) SpecDefaults.WINDOW_SECONDS);
  }

  private static Object standard(ObjectTree properties, String path) {
    return properties.get(FieldPath.parse(path + ".default")).orElseThrow();
  }

  private static ObjectTree crd() {
    try (InputStream in =
        SelectionReaderTest.class.getResourceAsStream("/crds/workload.kcp.io_synctargets.yaml")) {
      assertThat(in).isNotNull();
      return Yaml.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void defaultsHoldWhereNoServerFilledThemIn() {
    Selection selection = Yaml.selection("{}");

    assertThat(selection.namespaceMapping())
        .isEqualTo(new NamespaceMappingSpec(NamespaceMappingSpec.Type.SAME, ""));
    assertThat(selection.createsNamespaces()).isTrue();
    assertThat(selection.importsSchemas()).isFalse();
    assertThat(selection.adoptionPolicy()).isEqualTo(AdoptionPolicy.NEVER);
    assertThat(selection.transformers()).isEmpty();
    assertThat(selection.deletion())
        .isEqualTo(new DeletionPolicy(false, 50, 10, Duration.ofMinutes(10)));
    assertThat(selection.conflict())
        .isEqualTo(
            new ConflictPolicy(
                "three-way-merge",
                null,
                Map.of(),
                ConflictPolicy.ObjectOverrides.PHYSICAL,
                List.of(),
                100));
    assertThat(selection.physicalClusterUid()).isEmpty();
  }

  @Test
  void anObjectsNameMayHaveCharactersThatNamespacesHaveNot() {
    Selection selection =
        Yaml.selection(
            "conflict: {rules: [{%s, fields: [spec], strategy: client-side-wins, names: ['%s']}]}"
                .formatted(RULE, "system:Web.*"));

    assertThat(
            selection
                .conflict()
                .ruleFor(
                    GroupResource.parse("deployments.apps"),
                    "system:Web.1",
                    FieldPath.parse("spec.replicas")))
        .isPresent();
  }
}
