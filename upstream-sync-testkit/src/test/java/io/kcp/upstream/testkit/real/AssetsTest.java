package io.kcp.upstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetsTest {
  @TempDir Path folder;

  private Path program(String name) throws Exception {
    Path program = Files.createFile(folder.resolve(name));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  @Test
  void saysThatTheVariableIsMissing() {
    assertThatThrownBy(() -> Assets.in(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("KUBEBUILDER_ASSETS is not set");
    assertThatThrownBy(() -> Assets.in(" ")).hasMessageContaining("KUBEBUILDER_ASSETS is not set");
  }

  @Test
  void namesTheProgramThatIsMissing() throws Exception {
    program("etcd");

    assertThatThrownBy(() -> Assets.in(folder.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("kube-apiserver");
  }

  @Test
  void findsBoth() throws Exception {
    Path etcd = program("etcd");
    Path apiServer = program("kube-apiserver");

    assertThat(Assets.in(folder.toString())).isEqualTo(new Assets(etcd, apiServer));
  }
}
