package io.kcp.upstream.testkit.server;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives services their cluster IPs, out of 10.96.0.0/12 as clusters commonly have it. */
final class ServiceAddresses {
  private static final ResourceName SERVICES = new ResourceName("", "services");
  private static final int FIRST = (10 << 24) | (96 << 16) | 10;

  private ServiceAddresses() {}

  /**
   * @param live the service as it was, null for a new one
   */
  static Map<String, Object> fill(
      Call call, @Nullable Map<String, Object> live, Map<String, Object> service) {
    if (Tree.string(service, "spec", "type").equals("ExternalName")) {
      return Tree.without(Tree.without(service, "spec", "clusterIP"), "spec", "clusterIPs");
    }
    String address = Tree.string(service, "spec", "clusterIP");
    if (address.isEmpty() && live != null) {
      address = Tree.string(live, "spec", "clusterIP");
    }
    if (address.isEmpty()) {
      address = free(call, Objects.hash(call.cluster().name(), Meta.uid(service)));
    }
    Map<String, Object> filled = Tree.with(service, address, "spec", "clusterIP");
    filled = Tree.with(filled, List.of(address), "spec", "clusterIPs");
    if (!Tree.has(filled, "spec", "ipFamilies")) {
      filled = Tree.with(filled, List.of("IPv4"), "spec", "ipFamilies");
    }
    return Tree.has(filled, "spec", "ipFamilyPolicy")
        ? filled
        : Tree.with(filled, "SingleStack", "spec", "ipFamilyPolicy");
  }

  private static String free(Call call, int seed) {
    Set<String> taken = new HashSet<>();
    Scope all = new Scope(call.cluster().name(), "");
    for (Stored service : call.store().list(SERVICES, all).items()) {
      taken.add(Tree.string(service.tree(), "spec", "clusterIP"));
    }
    int offset = seed & 0xffff;
    String address = text(FIRST + offset);
    while (taken.contains(address)) {
      offset++;
      address = text(FIRST + offset);
    }
    return address;
  }

  private static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff);
  }
}
