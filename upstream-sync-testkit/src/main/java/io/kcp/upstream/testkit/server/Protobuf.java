package io.kcp.upstream.testkit.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads objects of built-in kinds in {@code application/vnd.kubernetes.protobuf}, as kubectl sends
 * what it creates by itself. A message does not tell a zero that was set from one that was not:
 * zeros count as absent but for a few fields where they mean something.
 */
final class Protobuf {
  static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final String PACKAGE = "io.kubernetes.client.proto.";

  /** Messages whose fields stand in JSON where the message itself would. */
  private static final Set<String> INLINE =
      Set.of(
          "volumeSource",
          "persistentVolumeSource",
          "ephemeralContainerCommon",
          "handler",
          "ingressRuleValue",
          "localObjectReference");

  /** Fields of which a zero, false or empty message says something. */
  private static final Set<String> ZERO_COUNTS =
      Set.of(
          "automountServiceAccountToken",
          "completions",
          "backoffLimit",
          "emptyDir",
          "immutable",
          "parallelism",
          "podSelector",
          "replicas",
          "suspend",
          "terminationGracePeriodSeconds");

  private Protobuf() {}

  /** Empty when the kind is not known here; throws {@link IOException} when it can't be read. */
  static Optional<Map<String, Object>> object(byte[] body) throws IOException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (body.length < MAGIC.length || body[i] != MAGIC[i]) {
        throw new IOException("provided data does not appear to be a protobuf message");
      }
    }
    ByteString rest = ByteString.copyFrom(body, MAGIC.length, body.length - MAGIC.length);
    Runtime.Unknown envelope = Runtime.Unknown.parseFrom(rest);
    String apiVersion = envelope.getTypeMeta().getApiVersion();
    String kind = envelope.getTypeMeta().getKind();
    Optional<Message> message = message(apiVersion, kind, envelope.getRaw());
    return message.map(
        found -> {
          Map<String, Object> object = new LinkedHashMap<>();
          object.put("apiVersion", apiVersion);
          object.put("kind", kind);
          putFields(found, object);
          return object;
        });
  }

  private static Optional<Message> message(String apiVersion, String kind, ByteString raw)
      throws InvalidProtocolBufferException {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    int dot = group.indexOf('.');
    String file = capital(version) + capital(dot < 0 ? group : group.substring(0, dot));
    file = file.equals("V2Autoscaling") ? "V2beta2Autoscaling" : file; // the same on the wire
    try {
      Class<?> type = Class.forName(PACKAGE + file + "$" + kind);
      Message prototype = (Message) type.getMethod("getDefaultInstance").invoke(null);
      return Optional.of(prototype.toBuilder().mergeFrom(raw).build());
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // no such kind: the caller answers that it can't read it
    }
  }

  private static String capital(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static void putFields(Message message, Map<String, Object> into) {
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      FieldDescriptor type = field.getKey();
      if (INLINE.contains(type.getName())) {
        putFields((Message) field.getValue(), into);
      } else {
        Object value = value(type, field.getValue());
        if (!isZero(value) || ZERO_COUNTS.contains(type.getName())) {
          into.put(type.getName(), value);
        }
      }
    }
  }

  private static boolean isZero(Object value) {
    return value.equals("")
        || value.equals(0L)
        || value.equals(false)
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  private static Object value(FieldDescriptor type, Object value) {
    if (type.isMapField()) {
      Map<String, Object> map = new LinkedHashMap<>();
      FieldDescriptor valueType = type.getMessageType().findFieldByName("value");
      for (Object entry : (List<?>) value) {
        MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
        map.put((String) pair.getKey(), single(valueType, pair.getValue()));
      }
      return map;
    }
    if (type.isRepeated()) {
      List<Object> list = new ArrayList<>();
      ((List<?>) value).forEach(item -> list.add(single(type, item)));
      return list;
    }
    return single(type, value);
  }

  private static Object single(FieldDescriptor type, Object value) {
    return switch (type.getJavaType()) {
      case INT -> ((Integer) value).longValue();
      case FLOAT -> ((Float) value).doubleValue();
      case BYTE_STRING -> Base64.getEncoder().encodeToString(((ByteString) value).toByteArray());
      case ENUM -> ((EnumValueDescriptor) value).getName();
      case MESSAGE -> message((Message) value);
      default -> value;
    };
  }

  private static Object message(Message message) {
    if (message instanceof Quantity quantity) {
      return quantity.getString();
    }
    if (message instanceof Meta.Time time) {
      return time.hasSeconds() ? Instant.ofEpochSecond(time.getSeconds()).toString() : "";
    }
    if (message instanceof IntStr.IntOrString either) {
      return either.getType() == 0 ? (Object) (long) either.getIntVal() : either.getStrVal();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    putFields(message, fields);
    return fields;
  }
}
