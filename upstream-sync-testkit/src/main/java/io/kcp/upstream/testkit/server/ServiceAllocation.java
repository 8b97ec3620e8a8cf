package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives services their cluster IPs, out of 10.96.0.0/12 as clusters commonly have it, and their
 * node ports; takes away what their type has no use for.
 */
final class ServiceAllocation {
  private static final ResourceName SERVICES = new ResourceName("", "services");
  private static final int FIRST_ADDRESS = (10 << 24) | (96 << 16) | 10;
  private static final long FIRST_PORT = 30_000;

  private final Call call;
  private final @Nullable Map<String, Object> live;

  private ServiceAllocation(Call call, @Nullable Map<String, Object> live) {
    this.call = call;
    this.live = live;
  }

  /**
   * @param live the service as it was, null for a new one
   */
  static Map<String, Object> fill(
      Call call, @Nullable Map<String, Object> live, Map<String, Object> service) {
    String type = Tree.string(service, "spec", "type");
    if (type.equals("ExternalName")) {
      Map<String, Object> bare = service;
      for (String field :
          List.of("clusterIP", "clusterIPs", "internalTrafficPolicy", "ipFamilies")) {
        bare = Tree.without(bare, "spec", field);
      }
      return Tree.without(bare, "spec", "ipFamilyPolicy");
    }
    ServiceAllocation allocation = new ServiceAllocation(call, live);
    Map<String, Object> addressed =
        hasNoAddress(live) ? allocation.withFamilies(service, "") : allocation.withAddress(service);
    boolean onNodes = type.equals("NodePort") || type.equals("LoadBalancer");
    return onNodes ? allocation.withNodePorts(addressed) : allocation.withoutNodePorts(addressed);
  }

  /** One that a write of its status made has none, and never gets one. */
  private static boolean hasNoAddress(@Nullable Map<String, Object> live) {
    return live != null
        && !Tree.string(live, "spec", "type").equals("ExternalName")
        && !Tree.has(live, "spec", "clusterIP");
  }

  private Map<String, Object> withAddress(Map<String, Object> service) {
    String address = Tree.string(service, "spec", "clusterIP");
    if (address.isEmpty() && live != null) {
      address = Tree.string(live, "spec", "clusterIP");
    }
    if (address.isEmpty()) {
      address = freeAddress(Objects.hash(call.cluster().name(), Meta.uid(service)));
    }
    Map<String, Object> filled = Tree.with(service, address, "spec", "clusterIP");
    return withFamilies(Tree.with(filled, List.of(address), "spec", "clusterIPs"), address);
  }

  private Map<String, Object> withFamilies(Map<String, Object> service, String address) {
    boolean both = address.equals("None") && Tree.map(service, "spec", "selector").isEmpty();
    Map<String, Object> filled =
        otherwise(service, both ? List.of("IPv4", "IPv6") : List.of("IPv4"), "ipFamilies");
    return otherwise(filled, both ? "RequireDualStack" : "SingleStack", "ipFamilyPolicy");
  }

  private Map<String, Object> otherwise(Map<String, Object> service, Object value, String field) {
    Object was = live == null ? null : Tree.get(live, "spec", field);
    return Tree.has(service, "spec", field)
        ? service
        : Tree.with(service, was == null ? value : was, "spec", field);
  }

  private Map<String, Object> withNodePorts(Map<String, Object> service) {
    List<Map<String, Object>> ports = new ArrayList<>();
    Set<Object> taken = new HashSet<>();
    others().forEach(other -> ports(other).forEach(port -> taken.add(port.get("nodePort"))));
    for (Map<String, Object> port : ports(service)) {
      Object number = port.get("nodePort");
      if (number == null || number.equals(0L)) {
        number = earlier(port);
      }
      if (number == null) {
        long free = FIRST_PORT;
        while (taken.contains(free)) {
          free++;
        }
        number = free;
      }
      taken.add(number);
      ports.add(Tree.with(port, number, "nodePort"));
    }
    return Tree.with(service, ports, "spec", "ports");
  }

  /** The node port that this port had before. */
  private @Nullable Object earlier(Map<String, Object> port) {
    if (live == null) {
      return null;
    }
    return ports(live).stream()
        .filter(old -> Objects.equals(old.get("port"), port.get("port")))
        .filter(old -> Objects.equals(old.get("protocol"), port.get("protocol")))
        .filter(old -> old.get("nodePort") != null)
        .map(old -> old.get("nodePort"))
        .findFirst()
        .orElse(null);
  }

  /** A new service keeps the numbers that do not fit its type: it is refused for them. */
  private Map<String, Object> withoutNodePorts(Map<String, Object> service) {
    if (live == null || ports(service).stream().noneMatch(port -> port.containsKey("nodePort"))) {
      return Tree.without(service, "spec", "externalTrafficPolicy");
    }
    List<Map<String, Object>> ports =
        ports(service).stream().map(port -> Tree.without(port, "nodePort")).toList();
    return Tree.without(
        Tree.with(service, ports, "spec", "ports"), "spec", "externalTrafficPolicy");
  }

  private static List<Map<String, Object>> ports(Map<String, Object> service) {
    return Tree.maps(service, "spec", "ports");
  }

  private List<Map<String, Object>> others() {
    Scope all = new Scope(call.cluster().name(), "");
    return call.store().list(SERVICES, all).items().stream().map(Stored::tree).toList();
  }

  private String freeAddress(int seed) {
    Set<String> taken = new HashSet<>();
    others().forEach(service -> taken.add(Tree.string(service, "spec", "clusterIP")));
    int offset = seed & 0xffff;
    while (taken.contains(text(FIRST_ADDRESS + offset))) {
      offset++;
    }
    return text(FIRST_ADDRESS + offset);
  }

  private static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff);
  }
}
