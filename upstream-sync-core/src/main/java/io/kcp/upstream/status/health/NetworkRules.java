package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services and Ingresses: those that wait for an address from outside. */
final class NetworkRules {
  static final String ADDRESSES = "status.loadBalancer.ingress";

  static final List<Rule> SERVICE =
      List.of(
          new Rule(
              "service.internal",
              look ->
                  look.text("spec.type").equals("LoadBalancer")
                      ? null
                      : Ruling.healthy("Exists", "it needs no address from outside")),
          new Rule("service.address", NetworkRules::address),
          new Rule(
              "service.no-cluster-ip",
              look ->
                  look.text("spec.clusterIP").isEmpty()
                      ? Ruling.progressing("NoClusterIP", "it has no cluster IP yet")
                      : null),
          new Rule("service.no-address", look -> noAddress()));

  static final List<Rule> INGRESS =
      List.of(
          new Rule("ingress.address", NetworkRules::address),
          new Rule(
              "ingress.unpublished",
              look ->
                  look.settings().has(HealthOption.INGRESS_WITHOUT_ADDRESS)
                      ? Ruling.healthy("Exists", "its controller may publish no address")
                      : null),
          new Rule("ingress.no-address", look -> noAddress()));

  private NetworkRules() {}

  private static @Nullable Ruling address(Look look) {
    List<ObjectTree> entries = look.object().items(ADDRESSES);
    boolean strict = look.settings().has(HealthOption.STRICT_ADDRESS);
    return strict ? addressed(entries) : listed(entries);
  }

  private static @Nullable Ruling listed(List<ObjectTree> entries) {
    return entries.isEmpty() ? null : published();
  }

  private static @Nullable Ruling addressed(List<ObjectTree> entries) {
    return hasAddress(entries) ? published() : null;
  }

  static boolean hasAddress(List<ObjectTree> entries) {
    return entries.stream()
        .anyMatch(
            entry ->
                !entry.string("ip").orElse("").isEmpty()
                    || !entry.string("hostname").orElse("").isEmpty());
  }

  private static Ruling published() {
    return Ruling.healthy("AddressPublished", "its load balancer has an address");
  }

  private static Ruling noAddress() {
    return Ruling.progressing("AddressPending", "its load balancer has no address yet");
  }
}
