package io.kcp.upstream.testkit.contract;

import io.kcp.upstream.testkit.real.RealDoor;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A real kube-apiserver. */
final class RealServerDoor implements ContractServer {
  private static final String FLOWS = "/apis/flowcontrol.apiserver.k8s.io/v1/";

  private final RealDoor door = new RealDoor();

  @Override
  public URI uri() {
    return door.uri();
  }

  @Override
  public Optional<SSLContext> tls() {
    return Optional.of(door.tls());
  }

  @Override
  public String token() {
    return door.token();
  }

  @Override
  public void forget() {
    door.compact();
  }

  /** Gives the namespace's readers a priority level with one seat, which is the least. */
  @Override
  public void overload(String namespace) {
    Caller caller = new Caller(this);
    caller
        .post(
            FLOWS + "prioritylevelconfigurations",
            """
            {metadata: {name: %s}, spec: {type: Limited, limited: {nominalConcurrencyShares: 0,
              lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: {type: Reject}}}}
            """
                .formatted(namespace))
        .is(201);
    caller
        .post(
            FLOWS + "flowschemas",
            """
            {metadata: {name: %s}, spec: {matchingPrecedence: 2,
              priorityLevelConfiguration: {name: %s}, rules: [{
                subjects: [{kind: Group, group: {name: "*"}}],
                resourceRules: [{verbs: [get], apiGroups: [""], resources: [configmaps],
                  namespaces: [%s]}]}]}}
            """
                .formatted(namespace, namespace, namespace))
        .is(201);
  }

  @Override
  public void deny(String namespace) {
    // as it is: users without a role may do nothing
  }

  @Override
  public void close() {
    door.close();
  }
}
