package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The processes of one server, in a temporary folder: etcd, in whose folder all lies that outlives
 * the others, kube-apiserver, and what works on the objects in it. Guarded by {@code this}.
 */
final class ControlPlane implements AutoCloseable {
  private static final String API_SERVER = "kube-apiserver";

  private final Assets assets;
  private final Path state;
  private final int[] ports;
  private final String token;
  private final KeyPairFiles keys;
  private final GuardedProcess etcd;
  private final Map<String, GuardedProcess> others = new LinkedHashMap<>();

  private ControlPlane(Assets assets, Path state, int[] ports) throws IOException {
    this.assets = assets;
    this.state = state;
    this.ports = ports;
    this.token = writeToken(state);
    this.keys = KeyPairFiles.create(state);
    this.etcd = GuardedProcess.start(state, etcd(assets, ports[0]));
  }

  /** Starts etcd and kube-apiserver on ports that are free now; they are not ready yet. */
  static ControlPlane start(Assets assets) {
    try {
      Path folder = Files.createTempDirectory("kube-apiserver");
      Path state = Files.createDirectory(folder.resolve("etcd"));
      ControlPlane plane = new ControlPlane(assets, state, freePorts(2));
      plane.startApiServer();
      return plane;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a folder for a kube-apiserver", e);
    }
  }

  /** Starts kube-apiserver, also again after {@link #killApiServer}; it is not ready yet. */
  void startApiServer() {
    startBeside(API_SERVER, apiServer());
  }

  /** Ends kube-apiserver at once, by SIGKILL; etcd goes on, with all that was stored. */
  synchronized void killApiServer() {
    GuardedProcess running = others.remove(API_SERVER);
    if (running != null) {
      running.close();
    }
  }

  /** Starts a program in a folder of its own; when it can't be, all are ended. */
  synchronized void startBeside(String name, List<String> command) {
    try {
      Path home = Files.createDirectory(state.resolveSibling(name));
      others.put(name, GuardedProcess.start(home, command));
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("cannot prepare a folder for " + name, e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String writeToken(Path home) throws IOException {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Files.writeString(home.resolve("tokens.csv"), token + ",admin,1,\"system:masters\"\n");
    return token;
  }

  private static List<String> etcd(Assets assets, int port) {
    String clients = "http://127.0.0.1:" + port;
    String peers = "http://127.0.0.1:0";
    return List.of(
        assets.etcd().toString(),
        "--data-dir=data",
        "--unsafe-no-fsync",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
  }

  private List<String> apiServer() {
    return List.of(
        assets.apiServer().toString(),
        "--etcd-servers=http://127.0.0.1:" + ports[0],
        "--bind-address=127.0.0.1",
        "--secure-port=" + ports[1],
        "--cert-dir=" + certificate().getParent(),
        "--token-auth-file=" + state.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-signing-key-file=" + keys.privateKey(),
        "--service-account-key-file=" + keys.publicKey(),
        "--service-cluster-ip-range=10.0.0.0/16",
        "--disable-admission-plugins=ServiceAccount",
        "--shutdown-send-retry-after=false");
  }

  private static int[] freePorts(int count) throws IOException {
    ServerSocket[] sockets = new ServerSocket[count];
    int[] ports = new int[count];
    for (int i = 0; i < count; i++) {
      sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      ports[i] = sockets[i].getLocalPort();
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + ports[1]);
  }

  /** Where etcd serves, without TLS. */
  URI etcd() {
    return URI.create("http://127.0.0.1:" + ports[0]);
  }

  String token() {
    return token;
  }

  KeyPairFiles keys() {
    return keys;
  }

  /** The folder for what outlives a restart. */
  Path state() {
    return state;
  }

  /** The file of the server's own certificate; it is there some time after the start. */
  Path certificate() {
    return state.resolve("certs").resolve("apiserver.crt");
  }

  /** For clients that talk to the server itself, with the rights of an administrator. */
  String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: real, cluster: {server: "%s", certificate-authority: "%s"}}
        users: [{name: admin, user: {token: "%s"}}]
        contexts: [{name: real, context: {cluster: real, user: admin}}]
        current-context: real
        """
        .formatted(uri(), certificate(), token);
  }

  synchronized boolean hasEnded() {
    return etcd.hasEnded() || others.values().stream().anyMatch(GuardedProcess::hasEnded);
  }

  /** Whether somebody else took one of the ports before we did. */
  boolean lostAPort() {
    return log().contains("address already in use");
  }

  synchronized String log() {
    StringBuilder log = new StringBuilder("etcd:\n" + etcd.log());
    others.forEach((name, process) -> log.append("\n%s:\n%s".formatted(name, process.log())));
    return log.toString();
  }

  /** Ends all. Safe to call twice. */
  @Override
  public synchronized void close() {
    List<GuardedProcess> all = new ArrayList<>(others.values());
    Collections.reverse(all);
    all.forEach(GuardedProcess::close);
    etcd.close();
  }
}
