package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a server answered. Places in its JSON are JSON pointers. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, HttpHeaders headers, byte[] bytes) {
  static final ObjectMapper JSON = new ObjectMapper();

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(text(), e);
    }
  }

  JsonNode node(String pointer) {
    return json().at(pointer);
  }

  boolean has(String pointer) {
    return !node(pointer).isMissingNode();
  }

  /** The value as text, "" when there is none. */
  String at(String pointer) {
    JsonNode node = node(pointer);
    return node.isContainerNode() ? node.toString() : node.asText();
  }

  /** Whether the value there is this, written in YAML. */
  Answer holds(String pointer, String yaml) {
    try {
      assertThat(node(pointer)).as(this::text).isEqualTo(JSON.readTree(Caller.json(yaml)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The values of one field in all items of a list. */
  List<String> each(String list, String field) {
    List<String> values = new ArrayList<>();
    node(list).forEach(item -> values.add(item.at(field).asText()));
    return values;
  }

  List<String> names() {
    return each("/items", "/metadata/name");
  }

  /** The resourceVersion of the object or list. */
  String version() {
    return at("/metadata/resourceVersion");
  }

  String header(String name) {
    return String.join(", ", headers.allValues(name));
  }

  Answer is(int code) {
    assertThat(status).as(this::text).isEqualTo(code);
    return this;
  }

  /** A Status document with this code, reason ("" for none) and message. */
  Answer refused(int code, String reason, String message) {
    refused(code, reason);
    assertThat(at("/message")).isEqualTo(message);
    return this;
  }

  Answer refused(int code, String reason) {
    is(code);
    assertThat(at("/kind")).as(this::text).isEqualTo("Status");
    assertThat(at("/apiVersion")).isEqualTo("v1");
    assertThat(at("/status")).isEqualTo("Failure");
    assertThat(at("/code")).isEqualTo(String.valueOf(code));
    assertThat(at("/reason")).as(this::text).isEqualTo(reason);
    assertThat(header("content-type")).isEqualTo("application/json");
    return this;
  }

  /**
   * The reasons and fields of a Status's causes, as "reason field". Each once: a real server
   * repeats what it finds about an update up to four times, each kind in its own way.
   */
  Set<String> causes() {
    Set<String> causes = new LinkedHashSet<>();
    node("/details/causes")
        .forEach(
            cause -> causes.add(cause.at("/reason").asText() + " " + cause.at("/field").asText()));
    return causes;
  }

  /** Only the text {@code 404 page not found}, as of a path that nobody serves. */
  void isNoPage() {
    is(404);
    assertThat(text()).isEqualTo("404 page not found\n");
    assertThat(header("content-type")).isEqualTo("text/plain; charset=utf-8");
  }
}
