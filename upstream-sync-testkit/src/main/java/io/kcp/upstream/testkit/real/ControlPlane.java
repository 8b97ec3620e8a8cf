package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The processes etcd and kube-apiserver of one server, in a temporary folder. */
final class ControlPlane implements AutoCloseable {
  private final GuardedProcess etcd;
  private final GuardedProcess apiServer;
  private final URI uri;
  private final String token;
  private final Path certificate;

  private ControlPlane(
      GuardedProcess etcd, GuardedProcess apiServer, URI uri, String token, Path certificate) {
    this.etcd = etcd;
    this.apiServer = apiServer;
    this.uri = uri;
    this.token = token;
    this.certificate = certificate;
  }

  /** Starts both on ports that are free now; they are not ready yet. */
  static ControlPlane start(Assets assets) {
    try {
      Path folder = Files.createTempDirectory("kube-apiserver");
      Path etcdHome = Files.createDirectory(folder.resolve("etcd"));
      Path apiHome = Files.createDirectory(folder.resolve("kube-apiserver"));
      int[] ports = freePorts(2);
      String token = writeToken(apiHome);
      KeyPairFiles keys = KeyPairFiles.create(apiHome);
      GuardedProcess etcd = GuardedProcess.start(etcdHome, etcd(assets, ports[0]));
      GuardedProcess apiServer = beside(etcd, apiHome, apiServer(assets, keys, ports[0], ports[1]));
      return new ControlPlane(
          etcd,
          apiServer,
          URI.create("https://127.0.0.1:" + ports[1]),
          token,
          apiHome.resolve("certs").resolve("apiserver.crt"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a folder for a kube-apiserver", e);
    }
  }

  private static GuardedProcess beside(GuardedProcess other, Path home, List<String> command) {
    try {
      return GuardedProcess.start(home, command);
    } catch (RuntimeException e) {
      other.close();
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

  private static List<String> apiServer(Assets assets, KeyPairFiles keys, int etcd, int port) {
    return List.of(
        assets.apiServer().toString(),
        "--etcd-servers=http://127.0.0.1:" + etcd,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=certs",
        "--token-auth-file=tokens.csv",
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
    return uri;
  }

  String token() {
    return token;
  }

  /** The file of the server's own certificate; it is there some time after the start. */
  Path certificate() {
    return certificate;
  }

  boolean hasEnded() {
    return etcd.hasEnded() || apiServer.hasEnded();
  }

  /** Whether somebody else took one of the ports before we did. */
  boolean lostAPort() {
    return log().contains("address already in use");
  }

  String log() {
    return "etcd:\n%s\nkube-apiserver:\n%s".formatted(etcd.log(), apiServer.log());
  }

  @Override
  public void close() {
    apiServer.close();
    etcd.close();
  }
}
