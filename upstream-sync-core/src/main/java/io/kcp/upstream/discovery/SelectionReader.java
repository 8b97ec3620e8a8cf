package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.upstreamSync}: here are the rules that two fields of it must obey. */
final class SelectionReader {
  static final String PATH = "spec.upstreamSync";

  private static final Map<String, Boolean> IF_MISSING =
      SpecReader.choices("IfMissing", true, "Never", false);
  private static final Map<String, AdoptionPolicy> ADOPTION =
      SpecReader.choices(
          "Never", AdoptionPolicy.NEVER,
          "IfEqual", AdoptionPolicy.IF_EQUAL,
          "Always", AdoptionPolicy.ALWAYS);
  private static final Map<String, NamespaceMappingSpec.Type> MAPPING =
      SpecReader.choices(
          "Same",
          NamespaceMappingSpec.Type.SAME,
          "Prefix",
          NamespaceMappingSpec.Type.PREFIX,
          "Locator",
          NamespaceMappingSpec.Type.LOCATOR);
  private static final Map<String, Boolean> ORPHAN =
      SpecReader.choices("Delete", false, "Orphan", true);
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][-a-z0-9]{0,31}");

  private final PluginNames strategies;
  private final PluginNames transformers;

  SelectionReader(Set<String> strategies, Set<String> transformers) {
    this.strategies = new PluginNames("conflict strategy", strategies);
    this.transformers = new PluginNames("transformer", transformers);
  }

  Selection read(ObjectTree syncTarget) {
    SpecReader spec = SpecReader.of(syncTarget, "").part("spec");
    SpecReader block = spec.part("upstreamSync");
    List<TypeRule> rules = rules(block);
    List<TypePattern> excluded =
        block.items("excludedResources", "group", "resource").stream()
            .map(SelectionReader::pattern)
            .toList();
    ObjectFilter common =
        ObjectFilter.read(
            block, SpecDefaults.INCLUDED_NAMESPACES, SpecDefaults.EXCLUDED_NAMESPACES);
    return new Selection(
        spec.has("upstreamSync"), new TypeRules(rules, excluded), common, handling(block, rules));
  }

  private static List<TypeRule> rules(SpecReader block) {
    List<TypeRule> rules = new ArrayList<>();
    for (SpecReader entry : block.items("resources", "group", "resource")) {
      ObjectFilter filter = ObjectFilter.read(entry, SpecDefaults.INCLUDED_NAMESPACES, List.of());
      rules.add(new TypeRule(pattern(entry), filter, entry.isTrue("paused")));
    }
    return rules;
  }

  /** The fields {@code group} and {@code resource} of an entry. */
  static TypePattern pattern(SpecReader entry) {
    String wanted = "a plural such as deployments, or \"*\"";
    String group = entry.string("group", "");
    String resource = entry.required("resource", wanted);
    if (group.equals(TypePattern.ANY) && !resource.equals(TypePattern.ANY)) {
      throw entry.invalid("resource", resource, "\"*\" where group is \"*\"");
    }
    if (!group.equals(TypePattern.ANY)) {
      SpecReader.parsed(
          entry.path("group"),
          group,
          "an API group such as apps, \"\" for the core group, or \"*\"",
          text -> new GroupResource(text, "x"));
    }
    if (!resource.equals(TypePattern.ANY)) {
      SpecReader.parsed(
          entry.path("resource"), resource, wanted, text -> new GroupResource("", text));
    }
    return new TypePattern(group, resource);
  }

  private Handling handling(SpecReader block, List<TypeRule> rules) {
    return new Handling(
        block.isTrue("paused"),
        pausedUntil(block),
        block.string("physicalClusterUID"),
        namespaceMapping(block.part("namespaceMapping")),
        block.choice("namespaceCreation", SpecDefaults.NAMESPACE_CREATION, IF_MISSING),
        block.choice("schemaImport", SpecDefaults.SCHEMA_IMPORT, IF_MISSING),
        adoptionPolicy(block, rules),
        transformers(block),
        new ConflictPolicyReader(strategies).read(block.part("conflict")),
        deletion(block.part("deletion")));
  }

  private static @Nullable Instant pausedUntil(SpecReader block) {
    Optional<String> text = block.string("pausedUntil");
    if (text.isEmpty()) {
      return null;
    }
    if (!block.isTrue("paused")) {
      throw block.invalid("pausedUntil", text.get(), "left out unless paused is true");
    }
    try {
      return OffsetDateTime.parse(text.get()).toInstant();
    } catch (DateTimeParseException e) {
      throw block.invalid("pausedUntil", text.get(), "a time such as 2027-01-31T12:00:00Z");
    }
  }

  private static NamespaceMappingSpec namespaceMapping(SpecReader mapping) {
    NamespaceMappingSpec.Type type =
        mapping.choice("type", SpecDefaults.NAMESPACE_MAPPING, MAPPING);
    String prefix = mapping.string("prefix", "");
    if (type != NamespaceMappingSpec.Type.PREFIX && !prefix.isEmpty()) {
      throw mapping.invalid("prefix", prefix, "left out unless type is Prefix");
    }
    if (type == NamespaceMappingSpec.Type.PREFIX && !PREFIX.matcher(prefix).matches()) {
      throw mapping.invalid(
          "prefix", prefix, "1 to 32 lower case letters, digits and dashes, the first no dash");
    }
    return new NamespaceMappingSpec(type, prefix);
  }

  private static AdoptionPolicy adoptionPolicy(SpecReader block, List<TypeRule> rules) {
    AdoptionPolicy policy = block.choice("adoptionPolicy", SpecDefaults.ADOPTION_POLICY, ADOPTION);
    if (policy == AdoptionPolicy.ALWAYS
        && !rules.stream().allMatch(rule -> rule.pattern().isExact())) {
      throw block.invalid("adoptionPolicy", "Always", "Never or IfEqual while a resource is \"*\"");
    }
    return policy;
  }

  private List<TransformerRef> transformers(SpecReader block) {
    List<TransformerRef> refs = new ArrayList<>();
    for (SpecReader item : block.items("transformers", "name")) {
      String name = item.required("name", "the name of a transformer");
      transformers.checked(item.path("name"), name);
      refs.add(new TransformerRef(name, item.parameters("parameters")));
    }
    return refs;
  }

  private static DeletionPolicy deletion(SpecReader deletion) {
    SpecReader budget = deletion.part("budget");
    return new DeletionPolicy(
        deletion.choice("policy", SpecDefaults.DELETION_POLICY, ORPHAN),
        budget.integer("maxCount", SpecDefaults.MAX_COUNT, 0, 1_000_000),
        budget.integer("maxPercent", SpecDefaults.MAX_PERCENT, 0, 100),
        Duration.ofSeconds(
            budget.integer("windowSeconds", SpecDefaults.WINDOW_SECONDS, 1, 86_400)));
  }
}
