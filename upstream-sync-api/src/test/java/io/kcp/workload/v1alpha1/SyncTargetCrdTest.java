package io.kcp.workload.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.JsonAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The schema of the CRD and the Java types say the same. */
class SyncTargetCrdTest {
  private final Map<String, Object> version = at(crd(), "spec", "versions", 0);

  @TestFactory
  Stream<DynamicTest> everyObjectOfTheSchemaHasItsJavaType() {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Object> schema = at(version, "schema", "openAPIV3Schema");
    compare("spec", at(schema, "properties", "spec"), SyncTargetSpec.class, tests);
    compare("status", at(schema, "properties", "status"), SyncTargetStatus.class, tests);
    return tests.stream();
  }

  @Test
  void namesInTheCrdAreThoseOfTheJavaType() {
    SyncTarget target = new SyncTarget();

    assertThat(target.getApiVersion())
        .isEqualTo(at(crd(), "spec", "group") + "/" + version.get("name"))
        .isEqualTo(SyncTarget.GROUP + "/" + SyncTarget.VERSION);
    assertThat(target.getKind()).isEqualTo(at(crd(), "spec", "names", "kind"));
    assertThat(SyncTarget.PLURAL).isEqualTo(at(crd(), "spec", "names", "plural"));
    assertThat(new SyncTargetList().getKind()).isEqualTo(at(crd(), "spec", "names", "listKind"));
    assertThat(at(crd(), "metadata", "name").toString())
        .isEqualTo(SyncTarget.PLURAL + "." + SyncTarget.GROUP);
  }

  @Test
  void printsWhatAPersonLooksForFirst() {
    List<Map<String, Object>> columns = at(version, "additionalPrinterColumns");

    assertThat(columns)
        .extracting(column -> column.get("name"))
        .containsExactly(
            "Ready",
            "Synced",
            "Conflicts",
            "Healthy",
            "Age",
            "Heartbeat",
            "Selected",
            "Failed",
            "Reason",
            "Workloads");
    assertThat(columns.subList(5, 10))
        .as("with -o wide")
        .extracting(column -> column.get("priority"))
        .containsOnly(1);
  }

  private static void compare(
      String path, Map<String, Object> schema, Class<?> type, List<DynamicTest> tests) {
    Map<String, Field> fields = fields(type);
    Map<String, Map<String, Object>> properties = at(schema, "properties");
    tests.add(
        DynamicTest.dynamicTest(
            path,
            () -> {
              assertThat(fields.keySet())
                  .as(path)
                  .containsExactlyInAnyOrderElementsOf(properties.keySet());
              assertThat(type).hasAnnotation(JsonAdapter.class);
            }));
    List<?> required = (List<?>) schema.getOrDefault("required", List.of());
    Object made = make(type);
    properties.forEach(
        (name, property) -> {
          Field field = fields.get(name);
          String below = path + "." + name;
          tests.add(
              DynamicTest.dynamicTest(
                  below, () -> check(below, property, required.contains(name), field, made)));
          if (field != null) {
            descend(below, property, field.getGenericType(), tests);
          }
        });
  }

  private static void descend(
      String path, Map<String, Object> schema, Type type, List<DynamicTest> tests) {
    if (schema.get("items") instanceof Map && type instanceof ParameterizedType list) {
      descend(path + "[]", at(schema, "items"), list.getActualTypeArguments()[0], tests);
    } else if (schema.containsKey("properties")) {
      compare(path, schema, (Class<?>) type, tests);
    }
  }

  private static void check(
      String path, Map<String, Object> schema, boolean required, Field field, Object made) {
    assertThat(field).as(path).isNotNull();
    boolean hasDefault = schema.containsKey("default");
    assertThat(Modifier.isPublic(field.getModifiers())).as(path).isTrue();
    assertThat(field.getGenericType().getTypeName())
        .as(path)
        .isEqualTo(javaType(schema, field, hasDefault));
    assertThat(plain(value(field, made))).as(path).isEqualTo(begin(schema, required, field));
  }

  /** The Java type for a schema; that of an object is compared field by field elsewhere. */
  private static String javaType(Map<String, Object> schema, Field field, boolean hasDefault) {
    return switch ((String) schema.get("type")) {
      case "array" -> {
        Map<String, Object> items = at(schema, "items");
        String item =
            ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0].getTypeName();
        yield "java.util.List<"
            + (items.containsKey("properties") ? item : "java.lang.String")
            + ">";
      }
      case "object" ->
          schema.containsKey("additionalProperties")
              ? "java.util.Map<java.lang.String, java.lang.String>"
              : field.getType().getTypeName();
      case "boolean" -> (hasDefault ? boolean.class : Boolean.class).getName();
      case "integer" -> integerType("int64".equals(schema.get("format")), hasDefault).getName();
      default ->
          ("date-time".equals(schema.get("format")) ? OffsetDateTime.class : String.class)
              .getName();
    };
  }

  private static Class<?> integerType(boolean wide, boolean hasDefault) {
    if (hasDefault) {
      return wide ? long.class : int.class;
    }
    return wide ? Long.class : Integer.class;
  }

  /** What the field of a new Java object holds, by the rules of the package. */
  private static Object begin(Map<String, Object> schema, boolean required, Field field) {
    Object standard = schema.get("default");
    if (standard instanceof Map<?, ?> map && schema.containsKey("properties")) {
      Map<String, Object> filled = new TreeMap<>();
      Map<String, Map<String, Object>> properties = at(schema, "properties");
      properties.forEach(
          (name, property) -> {
            Object value = map.get(name);
            Object below = begin(property, false, field);
            filled.put(name, value == null ? below : value);
          });
      return filled.toString();
    }
    if (standard != null) {
      return standard;
    }
    boolean collection =
        "array".equals(schema.get("type")) || schema.containsKey("additionalProperties");
    if (collection) {
      return schema.get("type").equals("array") ? List.of() : Map.of();
    }
    boolean text = "string".equals(schema.get("type")) && !schema.containsKey("format");
    return required && text ? "" : null;
  }

  /** A part of ours as sorted text of its fields, all else as it is. */
  private static Object plain(Object value) {
    if (!(value instanceof KeptMembers)) {
      return value;
    }
    Map<String, Object> filled = new TreeMap<>();
    fields(value.getClass()).forEach((name, field) -> filled.put(name, plain(value(field, value))));
    return filled.toString();
  }

  private static Map<String, Field> fields(Class<?> type) {
    Map<String, Field> fields = new TreeMap<>();
    for (Class<?> c = type; c != KeptMembers.class && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!field.isSynthetic() && !Modifier.isStatic(field.getModifiers())) {
          fields.put(field.getName(), field);
        }
      }
    }
    return fields;
  }

  private static Object make(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static Object value(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> crd() {
    try (InputStream in =
        SyncTarget.class.getResourceAsStream("/crds/workload.kcp.io_synctargets.yaml")) {
      return new Yaml().load(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the schema
  private static <T> T at(Object json, Object... path) {
    Object found = json;
    for (Object step : path) {
      found =
          step instanceof Integer index
              ? ((List<?>) found).get(index)
              : ((Map<?, ?>) found).get(step);
    }
    return (T) found;
  }
}
