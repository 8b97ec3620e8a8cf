package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.workload.v1alpha1.SyncTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users of this module see, and what it needs at run time. */
class ApiSurfaceTest {
  @Test
  void pluginsSeeThese21Types() {
    assertThat(publicTypes(ObjectTree.class))
        .containsExactly(
            "Change",
            "ConflictListener",
            "ConflictRecord",
            "ConflictStrategy",
            "Decision",
            "FieldConflict",
            "FieldPath",
            "FieldPattern",
            "FieldSet",
            "FieldTypeException",
            "GroupResource",
            "Health",
            "HealthCheck",
            "HealthContext",
            "HealthVerdict",
            "ObjectKey",
            "ObjectTree",
            "PodRollup",
            "Side",
            "TransformContext",
            "Transformer");
  }

  @Test
  void aSyncTargetIsFourTypesAndTheirParts() {
    assertThat(publicTypes(SyncTarget.class))
        .containsExactly("SyncTarget", "SyncTargetList", "SyncTargetSpec", "SyncTargetStatus");
  }

  /** Else a plug-in's jar would need the client that {@code pom.xml} calls optional. */
  @Test
  void pluginTypesReferToNothingButTheJdkAndThemselves() {
    for (Path file : classFiles(ObjectTree.class)) {
      assertThat(text(file))
          .as(file.getFileName() + ": move what needs a client out of the package spi")
          .doesNotContain("io/kubernetes/", "com/google/", "io/kcp/workload/", "org/slf4j/");
    }
  }

  private static List<String> publicTypes(Class<?> inPackage) {
    return classFiles(inPackage).stream()
        .map(file -> file.getFileName().toString().replace(".class", ""))
        .filter(name -> !name.contains("$") && !name.equals("package-info"))
        .filter(name -> isPublic(inPackage.getPackageName() + "." + name))
        .sorted()
        .toList();
  }

  private static boolean isPublic(String name) {
    try {
      return Modifier.isPublic(Class.forName(name).getModifiers());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  private static List<Path> classFiles(Class<?> inPackage) {
    try (Stream<Path> files =
        Files.list(
            Path.of(inPackage.getResource(inPackage.getSimpleName() + ".class").toURI())
                .getParent())) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
