package io.kcp.workload.v1alpha1;

import com.google.gson.JsonObject;

/** A part of an API object, with the members of its JSON that it has no fields for. */
abstract class KeptMembers {
  /** Set by {@link UnknownMembers}, which writes them again. */
  transient JsonObject membersWithoutField = new JsonObject();
}
