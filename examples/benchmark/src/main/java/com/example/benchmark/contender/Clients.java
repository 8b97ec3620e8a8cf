package com.example.benchmark.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Clients of a server by its kubeconfig. */
public final class Clients {
  private Clients() {}

  static ApiClient official(String kubeconfig) {
    try {
      ApiClient client = Config.fromConfig(new StringReader(kubeconfig));
      client.setReadTimeout(0);
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's address. */
  public static String uri(String kubeconfig) {
    return official(kubeconfig).getBasePath();
  }

  /** HTTP/1.1 with as many connections as callers, and the rights of the kubeconfig. */
  public static OkHttpClient http(String kubeconfig) {
    String token = token(kubeconfig);
    OkHttpClient.Builder builder =
        official(kubeconfig)
            .getHttpClient()
            .newBuilder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .readTimeout(Duration.ZERO)
            .connectionPool(new ConnectionPool(64, 5, TimeUnit.MINUTES));
    builder.interceptors().clear();
    if (!token.isEmpty()) {
      builder.addInterceptor(
          chain ->
              chain.proceed(
                  chain.request().newBuilder().header("Authorization", "Bearer " + token).build()));
    }
    return builder.build();
  }

  private static String token(String kubeconfig) {
    try {
      return new ObjectMapper(new YAMLFactory())
          .readTree(kubeconfig)
          .at("/users/0/user/token")
          .asText("");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One YAML document as JSON. */
  public static String yamlAsJson(String yaml) throws IOException {
    return new ObjectMapper()
        .writeValueAsString(new ObjectMapper(new YAMLFactory()).readTree(yaml));
  }
}
