package io.kcp.upstream.status.health;

/** What a host may want otherwise than {@link HealthProfile#UNION} has it. */
public enum HealthOption {
  /** An entry of a load balancer's list counts only when it has an IP or a host name. */
  STRICT_ADDRESS,
  /** An Ingress without an address is healthy: for controllers that publish none. */
  INGRESS_WITHOUT_ADDRESS,
  /** A suspended CronJob is healthy, as Argo CD has it, not suspended. */
  SUSPENDED_CRON_JOB_IS_HEALTHY,
  /** A workload that is on its way stays {@code PROGRESSING} though its pods fail. */
  NO_CHILD_ESCALATION
}
