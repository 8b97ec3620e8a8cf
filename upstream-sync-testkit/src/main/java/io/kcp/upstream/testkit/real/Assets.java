package io.kcp.upstream.testkit.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder with the server's programs, laid out as envtest does. */
public record Assets(Path etcd, Path apiServer) {
  /** The variable that names the folder. */
  public static final String VARIABLE = "KUBEBUILDER_ASSETS";

  /**
   * Looks where the environment says.
   *
   * @throws IllegalStateException when the variable is not set, or a program is not there
   */
  public static Assets find() {
    return in(System.getenv(VARIABLE));
  }

  /** Whether the environment names a folder at all; it may be a wrong one. */
  public static boolean named() {
    return given(System.getenv(VARIABLE)).isPresent();
  }

  /** Whether the environment names a folder that holds all these programs. */
  public static boolean hold(List<String> names) {
    return given(System.getenv(VARIABLE))
        .map(Path::of)
        .filter(folder -> names.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
        .isPresent();
  }

  /**
   * Another program of the folder.
   *
   * @throws IllegalStateException when it is not there
   */
  Path other(String name) {
    return program(apiServer.resolveSibling(""), name);
  }

  static Assets in(@Nullable String folder) {
    Path path =
        given(folder)
            .map(Path::of)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        VARIABLE
                            + " is not set; a real API server needs it to name a folder that holds"
                            + " etcd and kube-apiserver"));
    return new Assets(program(path, "etcd"), program(path, "kube-apiserver"));
  }

  private static Optional<String> given(@Nullable String folder) {
    return Optional.ofNullable(folder).filter(text -> !text.isBlank());
  }

  private static Path program(Path folder, String name) {
    Path program = folder.resolve(name);
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "%s=%s: there is no executable %s in it".formatted(VARIABLE, folder, name));
    }
    return program;
  }
}
