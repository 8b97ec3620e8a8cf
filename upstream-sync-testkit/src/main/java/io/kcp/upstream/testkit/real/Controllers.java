package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What works on a real server's objects, as it does in a cluster or in a kcp workspace. */
public enum Controllers {
  /** Nothing: a deleted namespace stays Terminating, nothing is garbage collected. */
  NONE,
  /** Garbage collector, namespace life cycle and kube-root-ca.crt, and nothing rolls out. */
  WORKSPACE,
  /** All of a cluster: workloads roll out to pods, which one node runs as {@code stages.yaml}. */
  CLUSTER;

  private static final String MANAGER = "kube-controller-manager";

  private static final String NODE =
      """
      {"apiVersion": "v1", "kind": "Node",
       "metadata": {"name": "node-1", "labels": {"kubernetes.io/hostname": "node-1",
         "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}},
       "status": {
         "capacity": {"cpu": "1000", "memory": "4Ti", "pods": "10000"},
         "allocatable": {"cpu": "1000", "memory": "4Ti", "pods": "10000"}}}
      """;

  /** The programs of the {@link Assets} that it takes beside etcd and kube-apiserver. */
  public List<String> programs() {
    return switch (this) {
      case NONE -> List.of();
      case WORKSPACE -> List.of(MANAGER);
      case CLUSTER -> List.of(MANAGER, "kube-scheduler", "kwok");
    };
  }

  /** Starts them beside a server that is ready. */
  void start(Assets assets, ControlPlane plane, Server server) {
    if (this == NONE) {
      return;
    }
    String kubeconfig = kubeconfig(plane).toString();
    plane.startBeside(MANAGER, manager(assets, plane, kubeconfig));
    if (this == CLUSTER) {
      plane.startBeside("kube-scheduler", scheduler(assets, kubeconfig));
      plane.startBeside("kwok", kwok(assets, kubeconfig, stages(plane)));
      server.create("/api/v1/nodes", NODE);
    }
  }

  /** Makes an object of the server. */
  @FunctionalInterface
  interface Server {
    void create(String path, String json);
  }

  private List<String> manager(Assets assets, ControlPlane plane, String kubeconfig) {
    List<String> command = new ArrayList<>(alone(assets.other(MANAGER), kubeconfig));
    command.add("--service-account-private-key-file=" + plane.keys().privateKey());
    command.add("--root-ca-file=" + plane.certificate());
    if (this == WORKSPACE) {
      command.add(
          "--controllers=garbage-collector-controller,namespace-controller,"
              + "root-ca-certificate-publisher-controller");
    }
    return command;
  }

  private static List<String> scheduler(Assets assets, String kubeconfig) {
    return alone(assets.other("kube-scheduler"), kubeconfig);
  }

  /** A program that has no rivals and serves nobody. */
  private static List<String> alone(Path program, String kubeconfig) {
    return List.of(
        program.toString(),
        "--kubeconfig=" + kubeconfig,
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
        "--secure-port=0");
  }

  private static List<String> kwok(Assets assets, String kubeconfig, Path stages) {
    return List.of(
        assets.other("kwok").toString(),
        "--kubeconfig=" + kubeconfig,
        "--config=" + stages,
        "--manage-all-nodes=true",
        "--node-lease-duration-seconds=40",
        "--server-address=127.0.0.1:0");
  }

  private static Path stages(ControlPlane plane) {
    try (InputStream stages = Controllers.class.getResourceAsStream("stages.yaml")) {
      if (stages == null) {
        throw new IllegalStateException("stages.yaml is missing from the testkit's jar");
      }
      return Files.write(plane.state().resolve("stages.yaml"), stages.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path kubeconfig(ControlPlane plane) {
    try {
      return Files.writeString(plane.state().resolve("kubeconfig"), plane.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
