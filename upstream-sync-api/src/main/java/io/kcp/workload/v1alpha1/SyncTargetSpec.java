package io.kcp.workload.v1alpha1;

import com.google.gson.annotations.JsonAdapter;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall be, as a person or a host says it. Fields follow the rules that the package describes.
 */
@JsonAdapter(UnknownMembers.class)
public final class SyncTargetSpec extends KeptMembers {
  /** No new workload is placed on this cluster. Pulling up is not concerned. */
  public boolean unschedulable;

  /** From this time on workloads leave this cluster. Pulling up is not concerned. */
  @JsonAdapter(Rfc3339.class)
  public @Nullable OffsetDateTime evictAfter;

  /** Named topology domains of this cluster, such as its region. */
  public Map<String, String> cells = new LinkedHashMap<>();

  /** API exports whose resources this cluster can run. */
  public List<SupportedAPIExport> supportedAPIExports = new ArrayList<>();

  /**
   * What is pulled up from the physical cluster into this workspace, and how. Absent means
   * inactive: nothing is written and nothing deleted.
   */
  public @Nullable UpstreamSync upstreamSync;

  /** An API export whose resources the physical cluster can run. */
  @JsonAdapter(UnknownMembers.class)
  public static final class SupportedAPIExport extends KeptMembers {
    /** Path of the workspace of the export, such as root:org. Absent means this workspace. */
    public @Nullable String path;

    /** Name of the APIExport. */
    public String export = "";
  }

  /**
   * What is pulled up from the physical cluster into this workspace, and how. Absent means
   * inactive: nothing is written and nothing deleted.
   */
  @JsonAdapter(UnknownMembers.class)
  public static final class UpstreamSync extends KeptMembers {
    /** Nothing is written to pulled objects while true. Status is still reported. */
    public boolean paused;

    /** The pause ends at this time. Only with paused. */
    @JsonAdapter(Rfc3339.class)
    public @Nullable OffsetDateTime pausedUntil;

    /**
     * UID of the namespace kube-system that the physical cluster must have. Absent means that the
     * first one seen counts; it is remembered in status.
     */
    public @Nullable String physicalClusterUID;

    /**
     * What is pulled. An entry that names a resource exactly decides alone for it; its filters
     * narrow the common ones.
     */
    public List<ResourceSelection> resources = new ArrayList<>();

    /** What is left out of the entries with "*". */
    public List<ExcludedResource> excludedResources = new ArrayList<>();

    /** Namespaces to pull from, by name. Objects without a namespace pass. */
    public CommonNamespaceFilter namespaces = new CommonNamespaceFilter();

    /**
     * Labels that the physical namespace of an object must have. Objects without a namespace pass.
     */
    public LabelSelector namespaceSelector = new LabelSelector();

    /** Labels that an object must have. */
    public LabelSelector objectSelector = new LabelSelector();

    /** Names of namespaces in the workspace. Immutable: a change would orphan every copy. */
    public NamespaceMapping namespaceMapping = new NamespaceMapping();

    /** Whether namespaces that are missing in the workspace are created: IfMissing or Never. */
    public String namespaceCreation = "IfMissing";

    /**
     * Whether CRDs that are missing in the workspace are created from those of the physical
     * cluster: Never or IfMissing.
     */
    public String schemaImport = "Never";

    /**
     * What happens to an object in the workspace that has the name of a pulled one and was not made
     * by this SyncTarget. Never: it is reported. IfEqual: taken over when nothing would change.
     * Always: taken over; every resource must then be named.
     */
    public String adoptionPolicy = "Never";

    /** Changes to objects on their way up, run in this order. */
    public List<TransformerReference> transformers = new ArrayList<>();

    /** Who wins when both sides changed the same field. */
    public ConflictPolicy conflict = new ConflictPolicy();

    /** What happens to copies whose physical object is gone or no longer selected. */
    public DeletionPolicy deletion = new DeletionPolicy();
  }

  /** Selects objects of one resource, or of all. */
  @JsonAdapter(UnknownMembers.class)
  public static final class ResourceSelection extends KeptMembers {
    /** API group, "" for core, "*" for any. */
    public String group = "";

    /**
     * Plural name, such as deployments, or "*" for every resource of the group. "*" never means
     * secrets, RBAC, CRDs and the like: they must be named.
     */
    public String resource = "";

    /** Namespaces of this resource, beside the common namespaces. */
    public @Nullable NamespaceFilter namespaces;

    /** Labels of the namespaces of this resource, beside the common namespaceSelector. */
    public @Nullable LabelSelector namespaceSelector;

    /** Labels of the objects of this resource, beside the common objectSelector. */
    public @Nullable LabelSelector objectSelector;

    /** Objects of this resource are neither written nor deleted while true. */
    public boolean paused;
  }

  /** Chooses namespaces by name. No {@code include} means all. */
  @JsonAdapter(UnknownMembers.class)
  public static class NamespaceFilter extends KeptMembers {
    /** Names or globs such as team-*. Absent means all. */
    public List<String> include = new ArrayList<>();

    /** Names or globs. Wins over include. */
    public List<String> exclude = new ArrayList<>();
  }

  /** Chooses by labels. All parts must hold; none choose everything. */
  @JsonAdapter(UnknownMembers.class)
  public static final class LabelSelector extends KeptMembers {
    /** Each label must have exactly this value. */
    public Map<String, String> matchLabels = new LinkedHashMap<>();

    /** Each requirement must hold. */
    public List<LabelRequirement> matchExpressions = new ArrayList<>();
  }

  /** One requirement of a selector. */
  @JsonAdapter(UnknownMembers.class)
  public static final class LabelRequirement extends KeptMembers {
    /** Label key. */
    public String key = "";

    /** How the label is compared with the values: In, NotIn, Exists or DoesNotExist. */
    public String operator = "";

    /** Values for In and NotIn, and only for these. */
    public List<String> values = new ArrayList<>();
  }

  /** A resource that is never pulled by an entry with "*". */
  @JsonAdapter(UnknownMembers.class)
  public static final class ExcludedResource extends KeptMembers {
    /** API group, "" for core, "*" for any. */
    public String group = "";

    /** Plural name, or "*" for every resource of the group. */
    public String resource = "";
  }

  /** The filter that begins as the schema says: all but {@code kube-*}. */
  @JsonAdapter(UnknownMembers.class)
  public static final class CommonNamespaceFilter extends NamespaceFilter {
    /** Begins with all namespaces but {@code kube-*}. */
    public CommonNamespaceFilter() {
      include.add("*");
      exclude.add("kube-*");
    }
  }

  /** How namespaces are named in the workspace. */
  @JsonAdapter(UnknownMembers.class)
  public static final class NamespaceMapping extends KeptMembers {
    /**
     * Same: the physical name. Prefix: the physical name behind a prefix. Locator: as the
     * annotation kcp.io/namespace-locator of the physical namespace says.
     */
    public String type = "Same";

    /** Set before each namespace name. Needed for, and only allowed with, type Prefix. */
    public @Nullable String prefix;
  }

  /** A transformer to run. */
  @JsonAdapter(UnknownMembers.class)
  public static final class TransformerReference extends KeptMembers {
    /** Registered name, such as acme.example.com/public-images. */
    public String name = "";

    /** Handed over as they are. */
    public Map<String, String> parameters = new LinkedHashMap<>();
  }

  /** Who wins when both sides changed a field. */
  @JsonAdapter(UnknownMembers.class)
  public static final class ConflictPolicy extends KeptMembers {
    /**
     * Registered name: client-side-wins (the physical side), server-side-wins (the workspace),
     * three-way-merge, or one of a plug-in.
     */
    public String strategy = "three-way-merge";

    /** Strategy to ask for fields that the first one leaves unresolved. */
    public @Nullable String fallback;

    /** Handed over as they are. */
    public Map<String, String> parameters = new LinkedHashMap<>();

    /**
     * Whose annotation upstream.workload.kcp.io/conflict-strategy on a single object counts:
     * Forbidden, Physical or Both.
     */
    public String objectOverrides = "Physical";

    /**
     * Strategies for chosen fields. The most specific rule wins: exact resource, then longer field
     * pattern, then name.
     */
    public List<ConflictRule> rules = new ArrayList<>();

    /** How many decisions status.upstreamSync.conflicts.recent keeps. */
    public int historyLimit = 100;
  }

  /** A strategy for chosen fields. */
  @JsonAdapter(UnknownMembers.class)
  public static final class ConflictRule extends KeptMembers {
    /** Name of the rule, shown with each decision that it made. */
    public String name = "";

    /** API group, "" for core, "*" for any. */
    public String group = "";

    /** Plural name, or "*" for every resource of the group. */
    public String resource = "";

    /** Object names or globs. */
    public List<String> names = new ArrayList<>(List.of("*"));

    /**
     * Field patterns such as spec.replicas, spec.containers[name="web"].image or {@code
     * metadata.labels.*}; each covers all below it.
     */
    public List<String> fields = new ArrayList<>();

    /** Registered name of the strategy for these fields. */
    public String strategy = "";

    /** Handed over as they are. */
    public Map<String, String> parameters = new LinkedHashMap<>();

    /** Recorded or Redacted: values of these fields are never recorded, only which side changed. */
    public String values = "Recorded";
  }

  /** What happens to copies that shall not be there. */
  @JsonAdapter(UnknownMembers.class)
  public static final class DeletionPolicy extends KeptMembers {
    /** Delete: they are deleted. Orphan: they stay, without the mark of this SyncTarget. */
    public String policy = "Delete";

    /**
     * How many copies of one resource may be deleted at once: the lower of both. More are held
     * until a person releases them.
     */
    public DeletionBudget budget = new DeletionBudget();
  }

  /** How many copies may be deleted at once. */
  @JsonAdapter(UnknownMembers.class)
  public static final class DeletionBudget extends KeptMembers {
    /** Most deletions per window. */
    public int maxCount = 50;

    /** Most deletions per window as a share of the copies of that resource, at least ten. */
    public int maxPercent = 10;

    /** Length of the window. */
    public int windowSeconds = 600;
  }
}
