package io.kcp.workload.v1alpha1;

import com.google.gson.annotations.JsonAdapter;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is, as the syncer reports it. Fields follow the rules that the package describes. */
@JsonAdapter(UnknownMembers.class)
public final class SyncTargetStatus extends KeptMembers {
  /** Resources of the physical cluster that are free for workloads. */
  public Map<String, String> allocatable = new LinkedHashMap<>();

  /** Resources of the physical cluster. */
  public Map<String, String> capacity = new LinkedHashMap<>();

  /**
   * Ready, HeartbeatHealthy, SyncerReady, SyncerAuthorized, SpecAccepted, ResourcesSynced,
   * ConflictsSettled, DeletionsAllowed, WorkloadsHealthy. False is always bad.
   */
  public List<Condition> conditions = new ArrayList<>();

  /** Which resources physical cluster and workspace have in common. */
  public List<SyncedResource> syncedResources = new ArrayList<>();

  /** When the syncer last wrote this status. */
  @JsonAdapter(Rfc3339.class)
  public @Nullable OffsetDateTime lastSyncerHeartbeatTime;

  /** Addresses of virtual workspaces made for syncers of this SyncTarget. */
  public List<VirtualWorkspace> virtualWorkspaces = new ArrayList<>();

  /** Addresses of tunnels to the physical cluster. */
  public List<TunnelWorkspace> tunnelWorkspaces = new ArrayList<>();

  /** How pulling up goes. */
  public @Nullable UpstreamSync upstreamSync;

  /** One aspect of the state. False is bad. */
  @JsonAdapter(UnknownMembers.class)
  public static final class Condition extends KeptMembers {
    /** Name of the condition. */
    public String type = "";

    /** True, False or Unknown. */
    public String status = "";

    /** Generation of the spec that this is about. */
    public @Nullable Long observedGeneration;

    /** When the status last changed. */
    @JsonAdapter(Rfc3339.class)
    public @Nullable OffsetDateTime lastTransitionTime;

    /** How bad a False is: Error, Warning or Info. */
    public @Nullable String severity;

    /** One word for programs. */
    public @Nullable String reason;

    /** A sentence for people. */
    public @Nullable String message;
  }

  /** A resource that both sides may have. */
  @JsonAdapter(UnknownMembers.class)
  public static final class SyncedResource extends KeptMembers {
    /** API group, "" for core. */
    public String group = "";

    /** Plural name. */
    public String resource = "";

    /** Versions served on both sides. */
    public List<String> versions = new ArrayList<>();

    /** Identity of the APIExport that serves the resource, if one does. */
    public @Nullable String identityHash;

    /**
     * Pending: not looked at yet. Accepted: can be synced. Incompatible: the workspace lacks it, or
     * has no version in common.
     */
    public String state = "Pending";
  }

  /** Addresses of one virtual workspace. */
  @JsonAdapter(UnknownMembers.class)
  public static final class VirtualWorkspace extends KeptMembers {
    /** Address for objects that go down. */
    public String syncerURL = "";

    /** Address for objects that go up. */
    public String upsyncerURL = "";
  }

  /** Address of one tunnel. */
  @JsonAdapter(UnknownMembers.class)
  public static final class TunnelWorkspace extends KeptMembers {
    /** Address of the tunnel. */
    public String url = "";
  }

  /** How pulling up goes. */
  @JsonAdapter(UnknownMembers.class)
  public static final class UpstreamSync extends KeptMembers {
    /** Generation of the spec that is in force. */
    public @Nullable Long observedGeneration;

    /** UID of the namespace kube-system of the physical cluster seen first. */
    public @Nullable String physicalClusterUID;

    /** When the physical cluster last answered. */
    @JsonAdapter(Rfc3339.class)
    public @Nullable OffsetDateTime lastContactTime;

    /** Physical objects by state. synced, pending, failed and conflicting add up to selected. */
    public @Nullable ObjectCounts objects;

    /** Workloads by health. */
    public @Nullable HealthCounts health;

    /** Objects that do not do well, the worst first. */
    public List<Ill> worst = new ArrayList<>();

    /** Pods of the physical cluster that belong to a workload, pulled up or not. */
    public @Nullable Pods pods;

    /**
     * What waits for a person, who releases a hold by the annotation
     * upstream.workload.kcp.io/release with its id.
     */
    public List<Hold> holds = new ArrayList<>();

    /** Fields that both sides changed. */
    public @Nullable Conflicts conflicts;

    /** State of each selected resource. */
    public List<ResourceState> resources = new ArrayList<>();
  }

  /** An object that does not do well. */
  @JsonAdapter(UnknownMembers.class)
  public static final class Ill extends KeptMembers {
    /** API group; absent for core. */
    public @Nullable String group;

    /** Plural name. */
    public String resource = "";

    /** Physical namespace; absent for a cluster-scoped object. */
    public @Nullable String namespace;

    /** Name of the object. */
    public String name = "";

    /** Healthy, Progressing, Degraded, Suspended, Missing or Unknown. */
    public String health = "";

    /** One word for programs. */
    public @Nullable String reason;

    /** A sentence for people. */
    public @Nullable String message;
  }

  /** Pods, counted. Those that are terminating are left out. */
  @JsonAdapter(UnknownMembers.class)
  public static final class Pods extends KeptMembers {
    /** All of them. */
    public @Nullable Long total;

    /** Those that are ready. */
    public @Nullable Long ready;

    /** Restarts of all their containers. */
    public @Nullable Long restarts;

    /** What holds pods back, the most frequent first. */
    public List<PodReason> reasons = new ArrayList<>();
  }

  /** What holds some pods back. */
  @JsonAdapter(UnknownMembers.class)
  public static final class PodReason extends KeptMembers {
    /** One word for programs, such as CrashLoopBackOff. */
    public String reason = "";

    /** How many pods it holds back. */
    public @Nullable Long pods;

    /** Namespace and name of one of them. */
    public @Nullable String example;
  }

  /** Physical objects by state. */
  @JsonAdapter(UnknownMembers.class)
  public static final class ObjectCounts extends KeptMembers {
    /** Objects that shall be in the workspace. */
    public @Nullable Long selected;

    /** The copy is as it shall be. */
    public @Nullable Long synced;

    /** A write is still to come. */
    public @Nullable Long pending;

    /** The last write failed. */
    public @Nullable Long failed;

    /** A field waits for a decision. */
    public @Nullable Long conflicting;

    /** Objects that match but are left out for a reason of their own, such as a name collision. */
    public @Nullable Long skipped;

    /** Objects that are frozen, by spec or by annotation. */
    public @Nullable Long paused;
  }

  /** Workloads by health. */
  @JsonAdapter(UnknownMembers.class)
  public static final class HealthCounts extends KeptMembers {
    /** Run as they shall. */
    public @Nullable Long healthy;

    /** On their way. */
    public @Nullable Long progressing;

    /** Failed, or not getting ahead. */
    public @Nullable Long degraded;

    /** Stopped on purpose. */
    public @Nullable Long suspended;

    /** Not in the physical cluster. */
    public @Nullable Long missing;

    /** Cannot be told. */
    public @Nullable Long unknown;
  }

  /** What waits for a person. */
  @JsonAdapter(UnknownMembers.class)
  public static final class Hold extends KeptMembers {
    /** Names the hold in the release annotation. Each hold has an id of its own. */
    public String id = "";

    /**
     * Deletions: more than the budget allows. PhysicalClusterChanged: another cluster answers.
     * PhysicalVersionsWentBack: the cluster was restored from a backup.
     */
    public String type = "";

    /** When it began. */
    @JsonAdapter(Rfc3339.class)
    public @Nullable OffsetDateTime since;

    /** How many objects wait. */
    public @Nullable Long count;

    /** A sentence for people. */
    public @Nullable String message;

    /** Keys of some of these objects. */
    public List<String> examples = new ArrayList<>();
  }

  /** Fields that both sides changed. */
  @JsonAdapter(UnknownMembers.class)
  public static final class Conflicts extends KeptMembers {
    /** Fields that wait for a decision now. */
    public @Nullable Long unresolved;

    /** Fields that were rewritten back and forth and are left alone now. */
    public @Nullable Long fights;

    /** The last decisions, newest first. Values are never shown. */
    public List<RecentConflict> recent = new ArrayList<>();
  }

  /** One decision on one field, without values. */
  @JsonAdapter(UnknownMembers.class)
  public static final class RecentConflict extends KeptMembers {
    /** When it was decided. */
    @JsonAdapter(Rfc3339.class)
    public @Nullable OffsetDateTime time;

    /** API group of the object. */
    public @Nullable String group;

    /** Plural name of the object's resource. */
    public String resource = "";

    /** Physical namespace of the object. */
    public @Nullable String namespace;

    /** Name of the object. */
    public String name = "";

    /** Path of the field. */
    public String field = "";

    /** What the physical side did to the field: None, Added, Edited, Removed or Unknown. */
    public @Nullable String physicalChange;

    /** What the workspace did to the field: None, Added, Edited, Removed or Unknown. */
    public @Nullable String upstreamChange;

    /** Field managers that own the field in the workspace. */
    public List<String> otherManagers = new ArrayList<>();

    /** What came out: TookPhysical, KeptUpstream, UsedValue, Unresolved or Held. */
    public String decision = "";

    /** Registered name of the strategy that was asked. */
    public @Nullable String strategy;

    /** What chose the strategy: a rule's name, annotation, SyncTarget, fallback or person. */
    public @Nullable String decidedBy;
  }

  /** The state of one resource. */
  @JsonAdapter(UnknownMembers.class)
  public static final class ResourceState extends KeptMembers {
    /** API group, "" for core. */
    public String group = "";

    /** Plural name. */
    public String resource = "";

    /** Version that is pulled. */
    public @Nullable String version;

    /**
     * Starting: not listed yet. Synced: watched on both sides. Paused, Forbidden, Incompatible: see
     * reason. Stale: discovery of its group fails. NotServed: the physical cluster does not have
     * it.
     */
    public String state = "";

    /** One word for programs. */
    public @Nullable String reason;

    /** A sentence for people. */
    public @Nullable String message;

    /** Objects that shall be in the workspace. */
    public @Nullable Long selected;

    /** Objects whose copy is as it shall be. */
    public @Nullable Long synced;

    /** Objects whose last write failed. */
    public @Nullable Long failed;

    /** Objects of this resource by health; absent where none has one. */
    public @Nullable HealthCounts health;

    /**
     * Highest resourceVersion seen in the physical cluster: a restart notices by it that versions
     * went back.
     */
    public @Nullable String physicalResourceVersion;
  }
}
