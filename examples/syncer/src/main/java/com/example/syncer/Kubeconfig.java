package com.example.syncer;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A kubeconfig that a flag names; read anew for each client, as credentials in it may change.
 *
 * @param flag how messages call it
 * @param context "" for the file's current one
 */
record Kubeconfig(String flag, Path file, String context) {

  /** Throws {@link UsageException} when the file gives no client. */
  ApiClient client() {
    KubeConfig config = read();
    if (!context.isEmpty() && !config.setContext(context)) {
      throw new UsageException(
          "%s-context is \"%s\"; %s has no such context: see kubectl config get-contexts"
              .formatted(flag.replace("-kubeconfig", ""), context, file));
    }
    if (config.getServer() == null) {
      throw new UsageException(
          "%s is \"%s\"; it must be a kubeconfig whose current context names a cluster with a server"
              .formatted(flag, file));
    }
    try {
      return ClientBuilder.kubeconfig(config).build();
    } catch (IOException | RuntimeException e) {
      throw refused("its credentials can't be used: " + e.getMessage());
    }
  }

  private KubeConfig read() {
    try (Reader text = Files.newBufferedReader(file)) {
      KubeConfig config = KubeConfig.loadKubeConfig(text);
      config.setFile(file.toFile());
      return config;
    } catch (NoSuchFileException e) {
      throw refused("there is no such file");
    } catch (IOException e) {
      throw refused("it can't be read: " + e.getMessage());
    } catch (RuntimeException e) { // what the YAML parser throws may quote credentials
      throw refused("it is no kubeconfig");
    }
  }

  private UsageException refused(String why) {
    return new UsageException(
        "%s is \"%s\"; it must be a readable kubeconfig, but %s".formatted(flag, file, why));
  }
}
