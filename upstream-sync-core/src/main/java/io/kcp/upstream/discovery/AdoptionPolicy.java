package io.kcp.upstream.discovery;

/** What happens to an upstream object that has a pulled one's name, and not our mark. */
public enum AdoptionPolicy {
  NEVER,
  IF_EQUAL,
  ALWAYS
}
